package io.plumbline.gateway.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.gateway.testing.Motes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final int MEGABYTE = 1 << 20;

    private final Inbox inbox = new Inbox(64);

    private static Incoming frame(int bytes) {
        return new Incoming("sites/north/cameras/cam-1/frame", new byte[bytes], Motes.delivery(1, 0));
    }

    @Test
    void whatIsTooMuchWaitsUntilTheBatchInHandIsDoneWith() throws Exception {
        // Given
        for (int i = 0; i < 4; i++) {
            assertThat(inbox.put(frame(4 * MEGABYTE))).isTrue();
        }
        var waiter = new CompletableFuture<Thread>();
        var taken = CompletableFuture.supplyAsync(() -> {
            waiter.complete(Thread.currentThread());
            return put(frame(MEGABYTE));
        });
        await().until(() -> waiter.get(5, TimeUnit.SECONDS).getState() == Thread.State.TIMED_WAITING);

        // When
        var first = inbox.take(true, 1);

        // Then: what is being answered still counts
        assertThat(first).hasSize(1);
        assertThat(taken).isNotDone();
        inbox.take(true, 1);
        assertThat(taken.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readingsPassWhereFramesWait() throws Exception {
        // Given
        assertThat(inbox.put(frame(100 * MEGABYTE))).isTrue();

        // When
        assertThat(inbox.put(frame(100))).isTrue();

        // Then
        assertThat(inbox.take(true, 8)).hasSize(2);
    }

    private boolean put(Incoming message) {
        try {
            return inbox.put(message);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void takesAnOfferOnlyWhileThereIsRoomForItsBytesAndForOneMessageMore() {
        // Given
        var large = new Incoming("a/b", new byte[9 << 20], Motes.delivery(0, 0));
        var small = new Incoming("a/b", new byte[1], Motes.delivery(0, 0));
        var inbox = new Inbox(3);

        // Then
        assertThat(inbox.offer(large)).isTrue();
        assertThat(inbox.offer(large)).isFalse();
        assertThat(inbox.offer(small)).isTrue();
        assertThat(inbox.offer(small)).isTrue();
        assertThat(inbox.offer(small)).isFalse();
    }
}
