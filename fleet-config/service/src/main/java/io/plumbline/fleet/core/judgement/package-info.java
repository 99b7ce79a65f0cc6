/**
 * What the gateways' own evidence says about a candidate: PASS, FAIL, or an honest "cannot tell yet". What cannot be
 * evaluated never passes.
 */
@NullMarked
package io.plumbline.fleet.core.judgement;

import org.jspecify.annotations.NullMarked;
