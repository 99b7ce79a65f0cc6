/**
 * Kafka before the streams start: whether it is there, with the topics that the topology needs.
 */
@NullMarked
package io.plumbline.processor.adapter.kafka;

import org.jspecify.annotations.NullMarked;
