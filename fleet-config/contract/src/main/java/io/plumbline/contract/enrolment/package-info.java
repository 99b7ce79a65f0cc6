/**
 * How a gateway that no fleet file names comes into the fleet, over HTTP: it is invited with a token that works once, shows it together
 * with the digest of a secret of its own, and is known by that secret from then on.
 */
@NullMarked
package io.plumbline.contract.enrolment;

import org.jspecify.annotations.NullMarked;
