/**
 * The messages on Kafka topics. Each record is its own wire model: results and statistics in Protocol Buffers wire
 * format, control events in JSON.
 */
@NullMarked
package io.plumbline.contract.message;

import org.jspecify.annotations.NullMarked;
