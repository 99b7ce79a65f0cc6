/** The federated recalibration as a state machine, and the gate at its end. */
@NullMarked
package io.plumbline.registry.core.recalibration;

import org.jspecify.annotations.NullMarked;
