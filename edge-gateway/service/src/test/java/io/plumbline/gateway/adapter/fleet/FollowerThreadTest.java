package io.plumbline.gateway.adapter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.gateway.core.assignment.AssignmentFollower;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.slots.SlotStore;
import io.plumbline.gateway.core.slots.Slots;
import io.plumbline.gateway.testing.CountingSlots;
import io.plumbline.gateway.testing.FakeBuilds;
import io.plumbline.gateway.testing.MutableClock;
import io.plumbline.gateway.testing.RecordedStreams;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FollowerThreadTest {

    @Test
    void aBugOnResumingDoesNotKeepTheGatewayFromAskingTheControlPlane() throws InterruptedException {
        // Given
        var asked = new CountDownLatch(1);
        var self = new Self(new GatewayId("gw-north"), new SiteId("north"), new MutableClock());
        var follower = new AssignmentFollower(
                self,
                (known, wait) -> {
                    asked.countDown();
                    return Optional.empty();
                },
                new AssignmentFollower.Keeping(new BrokenStore(), new FakeBuilds(), new CountingSlots()),
                new RecordedStreams());
        var thread = new Thread(new FollowerThread(follower, () -> {}));

        // When
        thread.start();

        // Then
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        thread.join();
    }

    private static final class BrokenStore implements SlotStore {
        @Override
        public void save(Slots slots) {}

        @Override
        public Slots load() {
            throw new IllegalStateException("a bug");
        }
    }
}
