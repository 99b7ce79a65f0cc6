/** Real brokers without Docker: Kafka in KRaft mode and an MQTT 5 broker, in one process of their own, data on disk. */
@NullMarked
package io.plumbline.cli.broker;

import org.jspecify.annotations.NullMarked;
