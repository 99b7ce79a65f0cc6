/**
 * What the gateways' own evidence says about a candidate: PASS, FAIL, or an honest "cannot tell yet". Every rule that can stop a
 * rollout may be looked at as often as one likes without being misled more often than was asked for. What cannot be evaluated never passes.
 */
@NullMarked
package io.plumbline.rollout.judgement;

import org.jspecify.annotations.NullMarked;
