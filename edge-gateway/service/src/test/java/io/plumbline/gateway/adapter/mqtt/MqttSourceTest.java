package io.plumbline.gateway.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.outbox.Overflow;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MqttSourceTest {

    @Test
    void aBugEndsOneAttemptAndNotTheThread() throws InterruptedException {
        // Given
        var looks = new AtomicInteger();
        var target = new MqttTarget("tcp://127.0.0.1:1", "gw-north", 16, Duration.ofDays(1));
        var source = new MqttSource(target, new Inbox(16, Overflow.BLOCK), () -> {
            if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
            }
            return Map.of();
        });
        var thread = new Thread(source);

        // When
        thread.start();

        // Then
        await().untilAsserted(() -> assertThat(looks).hasValueGreaterThan(1));
        source.stop();
        thread.join();
    }
}
