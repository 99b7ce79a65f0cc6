/**
 * The life of a rollout: every state a record, every legal transition a method, and none else. {@link
 * io.plumbline.rollout.state.RolloutState} names them all. Pure: the evidence, the policy and the time come from outside.
 */
@NullMarked
package io.plumbline.rollout.state;

import org.jspecify.annotations.NullMarked;
