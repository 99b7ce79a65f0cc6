/**
 * Where gateways pull from a registry of others, the builds made here have to be there before anybody is told of them. The
 * {@link io.plumbline.registry.core.carriage.Carrier} compares what is here with what is there and carries what is missing, until nothing is.
 */
@NullMarked
package io.plumbline.registry.core.carriage;

import org.jspecify.annotations.NullMarked;
