/**
 * What a rollout is to do and what it must prove on the way: the plan, the policy of the fleet, and the waves that follow from
 * both. Which gateway comes when is drawn by hash, the same everywhere and for ever, and each site has its share in every wave.
 */
@NullMarked
package io.plumbline.rollout.policy;

import org.jspecify.annotations.NullMarked;
