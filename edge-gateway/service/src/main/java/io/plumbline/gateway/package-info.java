/**
 * The gateway: a process beside the sensors that answers every reading with INT8, measures how far INT8 is from FP32, and
 * loses nothing. {@link io.plumbline.gateway.Wiring} shows how it is put together.
 */
@NullMarked
package io.plumbline.gateway;

import org.jspecify.annotations.NullMarked;
