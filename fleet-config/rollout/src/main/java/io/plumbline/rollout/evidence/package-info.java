/**
 * What is known of a rollout at one moment: what each gateway says of itself, what the processor says of the builds, and the
 * state of every told gateway that follows from it and the policy. Silence is a state of its own, and never success.
 */
@NullMarked
package io.plumbline.rollout.evidence;

import org.jspecify.annotations.NullMarked;
