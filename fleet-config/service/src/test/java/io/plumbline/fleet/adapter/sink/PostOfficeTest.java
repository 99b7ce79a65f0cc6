package io.plumbline.fleet.adapter.sink;

import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.database.Database;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.adapter.store.SqlAlertStore;
import io.plumbline.fleet.adapter.store.SqlFleetStore;
import io.plumbline.fleet.adapter.store.SqlLetterBox;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.BookChange;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.post.Letter;
import io.plumbline.fleet.core.post.Sink;
import io.plumbline.fleet.core.spec.alert.AlertPolicy;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import io.plumbline.fleet.testing.Alerts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostOfficeTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Long> topic = new CopyOnWriteArrayList<>();
    private HookServer server;
    private AlertSpec spec;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        server = new HookServer();
        spec = new AlertSpec(AlertPolicy.USUAL, List.of(hook("ops", "/ops"), hook("other", "/other")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatWasWrittenBeforeTheProcessDiedIsToldByTheNext() {
        // Given
        try (var database = open()) {
            post(database, 1, "kafka", "ops");
        }
        // When
        try (var database = open();
                var post = office(database)) {
            post.look();
            // Then
            await().untilAsserted(() -> {
                assertThat(topic).containsExactly(1L);
                assertThat(server.seen()).extracting(HookServer.Seen::path).containsExactly("/ops");
            });
            await().untilAsserted(() -> assertThat(waiting(database, "ops")).isZero());
        }
    }

    @Test
    void aLetterIsTriedUntilTheServerTakesIt() {
        // Given
        server.answer(500, 503);
        try (var database = open();
                var post = office(database)) {
            post(database, 1, "ops");
            // When
            post.look();
            // Then
            await().untilAsserted(() -> assertThat(waiting(database, "ops")).isZero());
            assertThat(server.seen()).hasSize(3);
            assertThat(meters.get("plumbline.fleet.letters.tried")
                            .tag("outcome", "unreachable")
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void aSinkThatHangsKeepsNobodyWaitingButItself() {
        // Given
        server.answer(HookServer.HANG);
        try (var database = open();
                var post = office(database)) {
            post(database, 1, "ops");
            post.look();
            await().untilAsserted(() -> assertThat(server.seen()).hasSize(1));
            // When
            post(database, 2, "other", "kafka");
            // Then
            await().untilAsserted(() -> {
                assertThat(topic).containsExactly(2L);
                assertThat(waiting(database, "other")).isZero();
            });
            assertThat(waiting(database, "ops")).isEqualTo(1);
        }
    }

    @Test
    void aSinkThatLeavesTheFleetFileIsServedNoLongerAndItsLettersAreTakenBack() {
        try (var database = open();
                var post = office(database)) {
            // Given
            post.look();
            // When
            spec = new AlertSpec(AlertPolicy.USUAL, List.of(hook("other", "/other")));
            post.look();
            post(database, 1, "other");
            // Then
            await().untilAsserted(() ->
                    assertThat(server.seen()).extracting(HookServer.Seen::path).containsExactly("/other"));
            assertThat(post.standing()).extracting(one -> one.name()).containsExactly("kafka", "other");
            // When
            post(database, 2, "ops");
            spec = AlertSpec.USUAL;
            post.look();
            // Then
            assertThat(waiting(database, "ops")).isZero();
        }
    }

    private PostOffice office(Database database) {
        return new PostOffice(
                new SqlLetterBox(database),
                this::sink,
                new PostOffice.News(() -> spec, () -> AlertBook.EMPTY),
                new FleetMeters(meters),
                Clock.systemUTC());
    }

    private Sink sink(SinkSpec sink) {
        if (sink.target() instanceof SinkTarget.Webhook webhook) {
            var http = new HttpPost(Duration.ofSeconds(5), Duration.ofSeconds(30));
            return new WebhookSink(webhook, http, new Secrets(Map.<String, String>of()::get), Clock.systemUTC());
        }
        return alert -> {
            topic.add(alert.revision());
            return new Delivery.Done();
        };
    }

    private SinkSpec hook(String name, String path) {
        var target = new SinkTarget.Webhook(server.url(path), Optional.empty());
        return new SinkSpec(name, AlertSeverity.INFO, Set.of(), Set.of(), target);
    }

    private static void post(Database database, long revision, String... sinks) {
        Alert alert = Alerts.alert(revision, AlertChange.OPENED);
        var letters = List.of(sinks).stream()
                .map(sink -> new Letter(sink, alert, false, T0))
                .toList();
        new SqlAlertStore(database, Clock.systemUTC())
                .commit(new BookChange(
                        AlertBook.EMPTY,
                        List.of(),
                        List.of(),
                        List.of(),
                        letters,
                        List.of(),
                        Set.of(),
                        Set.of(),
                        Clock.systemUTC().instant()));
    }

    private static long waiting(Database database, String sink) {
        return new SqlLetterBox(database).standing(List.of(sink)).get(0).waiting();
    }

    private Database open() {
        return Database.open(
                SqlFleetStore.TABLES, "jdbc:h2:file:" + folder.resolve("fleet") + ";WRITE_DELAY=0", "plumbline", "");
    }
}
