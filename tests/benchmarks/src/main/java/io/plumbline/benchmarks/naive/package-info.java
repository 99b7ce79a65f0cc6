/** What one would write in an afternoon: the yardstick for the gateway, and what an MQTT client can take at all. */
@NullMarked
package io.plumbline.benchmarks.naive;

import org.jspecify.annotations.NullMarked;
