/** Which gateways of a fleet take part in a recalibration: every site that is asked for, and no more work for the fleet than the answer needs. */
@NullMarked
package io.plumbline.registry.core.choice;

import org.jspecify.annotations.NullMarked;
