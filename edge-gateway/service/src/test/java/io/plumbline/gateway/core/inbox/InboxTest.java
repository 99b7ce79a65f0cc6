package io.plumbline.gateway.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.testing.Motes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InboxTest {

    private static final int MEGABYTE = 1 << 20;

    private final Inbox inbox = new Inbox(64, Overflow.BLOCK);

    private static Incoming frame(int bytes) {
        return new Incoming("sites/north/cameras/cam-1/frame", new byte[bytes], Motes.delivery(1, 0));
    }

    @Test
    void whatIsTooMuchWaitsUntilWhatIsInHandIsDoneWith() throws Exception {
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
        var first = inbox.take(true, 1, 0);

        // Then: what is being answered still counts
        assertThat(first).hasSize(1);
        assertThat(taken).isNotDone();
        inbox.settle();
        assertThat(taken.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readingsPassWhereFramesWait() throws Exception {
        // Given
        assertThat(inbox.put(frame(100 * MEGABYTE))).isTrue();

        // When
        assertThat(inbox.put(frame(100))).isTrue();

        // Then
        assertThat(inbox.take(true, 8, 0)).hasSize(2);
    }

    private static Incoming message(int packet) {
        return new Incoming("a/b", new byte[] {(byte) packet}, Motes.delivery(packet, 0));
    }

    private static List<Integer> packets(List<Incoming> messages) {
        return messages.stream().map(one -> one.delivery().packet()).toList();
    }

    @Test
    void dropsTheOldestThatCameFromTheBrokerAndSaysWhatIsToBeAcknowledged() throws Exception {
        // Given
        var inbox = new Inbox(3, Overflow.DROP_OLDEST);
        inbox.put(new Incoming("a/b", new byte[1], Motes.delivery(0, Incoming.Delivery.NONE)));
        for (int packet = 1; packet <= 4; packet++) {
            assertThat(inbox.deliver(message(packet))).isTrue();
        }
        inbox.deliver(message(0));
        inbox.deliver(message(5));

        // When
        var dropped = inbox.takeDropped();

        // Then
        assertThat(packets(inbox.take(true, 8, 0))).containsExactly(0, 0, 5);
        assertThat(dropped.messages()).isEqualTo(4);
        assertThat(dropped.unacknowledged())
                .extracting(Incoming.Delivery::packet)
                .containsExactly(1, 2, 3, 4);
        assertThat(inbox.takeDropped()).isEqualTo(Inbox.Dropped.NOTHING);
        assertThat(inbox.dropped(1)).isEqualTo(4);
        assertThat(inbox.dropped(0)).isZero();
    }

    @Test
    void dropsOldLargeMessagesForALargeOneAndNoSmallOnes() throws Exception {
        // Given
        var inbox = new Inbox(8, Overflow.DROP_OLDEST);
        inbox.deliver(message(7));
        inbox.deliver(frame(10 * MEGABYTE));

        // When
        inbox.deliver(frame(9 * MEGABYTE));

        // Then
        assertThat(inbox.take(true, 8, 0))
                .extracting(one -> one.payload().length)
                .containsExactly(1, 9 * MEGABYTE);
        assertThat(inbox.takeDropped().messages()).isEqualTo(1);
    }

    @Test
    void dropsTheNewest() throws Exception {
        // Given
        var inbox = new Inbox(2, Overflow.DROP_NEWEST);

        // When
        for (int packet = 1; packet <= 4; packet++) {
            inbox.deliver(message(packet));
        }

        // Then
        assertThat(packets(inbox.take(true, 8, 0))).containsExactly(1, 2);
        assertThat(inbox.takeDropped().unacknowledged())
                .extracting(Incoming.Delivery::packet)
                .containsExactly(3, 4);
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void aMessageOfQosZeroNeverWaits(Overflow policy) throws Exception {
        // Given
        var inbox = new Inbox(1, policy);

        // When
        inbox.deliver(message(0));
        inbox.deliver(message(0));

        // Then
        assertThat(inbox.take(true, 8, 0)).hasSize(1);
        assertThat(inbox.takeDropped()).isEqualTo(new Inbox.Dropped(1, List.of()));
        assertThat(inbox.dropped(0)).isEqualTo(1);
    }

    @Test
    void whereMessagesBlockOneOfQosOneWaitsAndNoneIsDropped() throws Exception {
        // Given
        var inbox = new Inbox(1, Overflow.BLOCK);
        inbox.deliver(message(1));
        var waiter = new CompletableFuture<Thread>();
        var taken = CompletableFuture.supplyAsync(() -> {
            waiter.complete(Thread.currentThread());
            try {
                return inbox.deliver(message(2));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> waiter.get(5, TimeUnit.SECONDS).getState() == Thread.State.WAITING);

        // When
        var first = inbox.take(true, 1, 0);

        // Then
        assertThat(packets(first)).containsExactly(1);
        assertThat(taken.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(inbox.takeDropped()).isEqualTo(Inbox.Dropped.NOTHING);
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
        var inbox = new Inbox(3, Overflow.BLOCK);

        // Then
        assertThat(inbox.offer(large)).isTrue();
        assertThat(inbox.offer(large)).isFalse();
        assertThat(inbox.offer(small)).isTrue();
        assertThat(inbox.offer(small)).isTrue();
        assertThat(inbox.offer(small)).isFalse();
    }
}
