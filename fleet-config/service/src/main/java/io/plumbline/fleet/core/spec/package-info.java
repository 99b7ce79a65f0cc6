/**
 * What people declare in {@code fleet.yaml}: sites, models, streams and the rollout policy, as records that cannot hold
 * a broken reference or an impossible number.
 */
@NullMarked
package io.plumbline.fleet.core.spec;

import org.jspecify.annotations.NullMarked;
