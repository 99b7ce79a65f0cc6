package io.plumbline.gateway.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class HeartbeatThreadTest {

    private final Queue<CompletionStage<Void>> answers = new ArrayDeque<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final HeartbeatThread thread = new HeartbeatThread(
            Duration.ofSeconds(1), HeartbeatThreadTest::heartbeat, beat -> answers.remove(), failed::incrementAndGet);

    @Test
    void everyFailureIsCountedAndOnlyTheFirstOfARowIsSaid() {
        // Given
        CompletionStage<Void> away = CompletableFuture.failedFuture(new IllegalStateException("away"));
        CompletionStage<Void> sent = CompletableFuture.completedFuture(null);
        answers.addAll(List.of(away, away, sent, away));

        // When
        var said = saying(() -> {
            for (int i = 0; i < 5; i++) {
                thread.beat();
            }
        });

        // Then
        assertThat(failed).hasValue(4);
        assertThat(said).hasSize(3);
        assertThat(said.get(0)).startsWith("heartbeat-failed").contains("away");
        assertThat(said.get(1)).startsWith("heartbeat-works-again");
        assertThat(said.get(2)).startsWith("heartbeat-failed");
    }

    private static List<String> saying(Runnable work) {
        var said = new ArrayList<String>();
        var logger = Logger.getLogger(HeartbeatThread.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                said.add(entry.getMessage() + Arrays.toString(entry.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
        }
        return said;
    }

    private static GatewayEvent.Heartbeat heartbeat() {
        return new GatewayEvent.Heartbeat(
                new GatewayId("gw-north"),
                new SiteId("north"),
                Instant.EPOCH,
                0,
                List.of(),
                new GatewayCounters(0, 0, 0, 0, 0));
    }
}
