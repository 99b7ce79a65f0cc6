/** Topics of Kafka: everything they hold now, merged in the order in which Kafka took it, or what comes from a moment on, as it comes. */
@NullMarked
package io.plumbline.cli.topic;

import org.jspecify.annotations.NullMarked;
