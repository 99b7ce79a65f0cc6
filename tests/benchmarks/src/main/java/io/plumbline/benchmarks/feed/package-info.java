/** Devices that do not give up: what an MQTT broker has not acknowledged is published again, in order, for as long as it takes. */
@NullMarked
package io.plumbline.benchmarks.feed;

import org.jspecify.annotations.NullMarked;
