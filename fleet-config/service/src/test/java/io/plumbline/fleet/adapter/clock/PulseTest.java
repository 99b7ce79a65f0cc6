package io.plumbline.fleet.adapter.clock;

import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.database.Database;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.adapter.sink.PostOffice;
import io.plumbline.fleet.adapter.store.SqlFleetStore;
import io.plumbline.fleet.adapter.store.SqlLetterBox;
import io.plumbline.fleet.config.FleetSettings;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.AlertDesk;
import io.plumbline.fleet.core.alert.AlertStore;
import io.plumbline.fleet.core.alert.BookChange;
import io.plumbline.fleet.core.alert.Surroundings;
import io.plumbline.fleet.core.alert.Surroundings.GatewayNow;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.fleet.testing.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PulseTest {

    private static final FleetSettings SETTINGS = new FleetSettings(
            "",
            "",
            "",
            Duration.ofHours(1),
            Duration.ofMillis(10),
            Duration.ofHours(1),
            Optional.empty(),
            Optional.empty());

    private final MutableClock clock = new MutableClock(T0.plus(Duration.ofDays(1)));
    private final FleetMeters meters = new FleetMeters(new SimpleMeterRegistry());
    private final SlowStore store = new SlowStore();

    @TempDir
    Path folder;

    @Test
    void aStopWaitsForTheDatabaseAndInterruptsNobodyInIt() throws Exception {
        try (var database = Database.open(
                SqlFleetStore.TABLES, "jdbc:h2:file:" + folder.resolve("fleet") + ";WRITE_DELAY=0", "plumbline", "")) {
            // Given
            var pulse = pulse(database);
            pulse.start(SETTINGS);
            assertThat(store.inside.await(30, TimeUnit.SECONDS)).isTrue();
            // When
            var closing = CompletableFuture.runAsync(pulse::close);
            var interrupted = store.interrupted();
            store.goOn.countDown();
            closing.join();
            // Then
            assertThat(interrupted).isFalse();
            assertThat(store.written).isCompleted();
        }
    }

    private Pulse pulse(Database database) {
        var heard = new FleetObservations(Duration.ofSeconds(10));
        var control = new ControlPlane(new InMemoryFleetStore(), heard, change -> {}, clock);
        var silent = new GatewayNow(GW_NORTH, NORTH, T0, Optional.empty());
        var around = new Surroundings(List.of(), List.of(silent), List.of(), AlertSpec.USUAL, clock.instant());
        var desk = new AlertDesk(store, () -> around, change -> {});
        var news = new PostOffice.News(() -> AlertSpec.USUAL, desk::book);
        var post =
                new PostOffice(new SqlLetterBox(database), spec -> alert -> new Delivery.Done(), news, meters, clock);
        return new Pulse(control, List.of(), desk, post, meters);
    }

    /** Takes a change when it is told to. */
    private static final class SlowStore implements AlertStore {

        private final CountDownLatch inside = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CompletableFuture<Boolean> broken = new CompletableFuture<>();
        private final CompletableFuture<Void> written = new CompletableFuture<>();

        /** Whether the thread in the store was interrupted within a moment. */
        boolean interrupted() {
            return broken.completeOnTimeout(false, 300, TimeUnit.MILLISECONDS).join();
        }

        @Override
        public AlertBook load() {
            return AlertBook.EMPTY;
        }

        @Override
        public void commit(BookChange change) {
            inside.countDown();
            try {
                goOn.await();
                written.complete(null);
            } catch (InterruptedException e) {
                broken.complete(true);
                Thread.currentThread().interrupt();
            }
        }
    }
}
