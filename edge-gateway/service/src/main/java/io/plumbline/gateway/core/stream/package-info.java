/**
 * What the gateway remembers of its streams: the last values of each device, the readings and refusals that the broker may
 * send again, the counters. It is a fold of the outbox: a snapshot and the records after it give it back after a crash, so
 * that a restart neither repeats a reading nor starts with empty windows.
 */
@NullMarked
package io.plumbline.gateway.core.stream;

import org.jspecify.annotations.NullMarked;
