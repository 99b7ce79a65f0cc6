package io.plumbline.processor.topology;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReplaceDeadThreadsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicInteger gaveUp = new AtomicInteger();
    private final ReplaceDeadThreads handler = new ReplaceDeadThreads(clock(), gaveUp::incrementAndGet);

    @Test
    void aThreadThatDiesNowAndThenIsReplaced() {
        for (int i = 0; i < 20; i++) {
            now.set(Instant.EPOCH.plusSeconds(60L * i));
            assertThat(handler.handle(new IllegalStateException("broker away"))).isEqualTo(REPLACE_THREAD);
        }
        assertThat(gaveUp).hasValue(0);
    }

    @Test
    void threadsThatKeepDyingEndTheProcess() {
        for (int i = 0; i < 5; i++) {
            assertThat(handler.handle(new IllegalStateException("bug"))).isEqualTo(REPLACE_THREAD);
        }

        assertThat(handler.handle(new IllegalStateException("bug"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(gaveUp).hasValue(1);
    }

    private Clock clock() {
        InstantSource source = now::get;
        return source.withZone(ZoneOffset.UTC);
    }
}
