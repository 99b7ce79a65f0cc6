/** Whole topics of Kafka, read from their beginning to where they ended, in the order in which Kafka took the records. */
@NullMarked
package io.plumbline.cli.topic;

import org.jspecify.annotations.NullMarked;
