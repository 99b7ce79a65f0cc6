/**
 * The control plane: keeps the declared fleet, tells each gateway what to run, and rolls new builds out on the gateways'
 * own evidence. {@link io.plumbline.fleet.Wiring} shows everything that is in the service.
 */
@NullMarked
package io.plumbline.fleet;

import org.jspecify.annotations.NullMarked;
