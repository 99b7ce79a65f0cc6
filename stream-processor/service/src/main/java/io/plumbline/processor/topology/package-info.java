/**
 * The one place that knows Kafka Streams: which topics flow through which decision into which topics, where state lies, and
 * what happens to records nobody can read. {@link io.plumbline.processor.topology.VerdictTopology} is the map.
 */
@NullMarked
package io.plumbline.processor.topology;

import org.jspecify.annotations.NullMarked;
