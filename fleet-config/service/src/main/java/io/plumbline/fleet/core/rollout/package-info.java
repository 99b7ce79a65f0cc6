/**
 * The life of a rollout. Each state is a type that offers only the transitions that are legal from it; what gateways are
 * told and what is announced are functions of the state, so neither can be lost or contradict it.
 */
@NullMarked
package io.plumbline.fleet.core.rollout;

import org.jspecify.annotations.NullMarked;
