package io.plumbline.fleet;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.database.Database;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.adapter.clock.Pulse;
import io.plumbline.fleet.adapter.kafka.ControlTopics;
import io.plumbline.fleet.adapter.kafka.KafkaTopics;
import io.plumbline.fleet.adapter.kafka.Reconciler;
import io.plumbline.fleet.adapter.kafka.RolloutAnnouncer;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.adapter.registry.RegistryAddress;
import io.plumbline.fleet.adapter.registry.RegistryShelf;
import io.plumbline.fleet.adapter.sink.PostOffice;
import io.plumbline.fleet.adapter.sink.SinkFactory;
import io.plumbline.fleet.adapter.store.SqlAlertStore;
import io.plumbline.fleet.adapter.store.SqlFleetStore;
import io.plumbline.fleet.adapter.store.SqlHistory;
import io.plumbline.fleet.adapter.store.SqlLetterBox;
import io.plumbline.fleet.adapter.trace.Deeds;
import io.plumbline.fleet.config.FleetConfig;
import io.plumbline.fleet.config.FleetSettings;
import io.plumbline.fleet.core.alert.AlertDesk;
import io.plumbline.fleet.core.alert.BookChange;
import io.plumbline.fleet.core.assignment.AssignmentBoard;
import io.plumbline.fleet.core.console.results.Glimpses;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.live.ChangeFeed;
import io.plumbline.fleet.core.live.Part;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.core.view.FleetFigures;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.core.view.FleetSurroundings;
import io.plumbline.signals.trace.Trail;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/** Everything that the service is made of, and the order in which it starts. */
@Singleton
public final class Wiring {

    /** Before anything talks to Kafka: a broken setting must be the only thing that is said. */
    private static final int FIRST = 1;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    FleetSettings settings(FleetConfig config) {
        return FleetSettings.of(config);
    }

    @Produces
    @Singleton
    Database database(FleetSettings settings) {
        return Database.open(
                SqlFleetStore.TABLES, settings.databaseUrl(), settings.databaseUser(), settings.databasePassword());
    }

    void close(@Disposes Database database) {
        database.close();
    }

    @Produces
    @Singleton
    SqlHistory history(Database database) {
        return new SqlHistory(database);
    }

    @Produces
    @Singleton
    Glimpses glimpses(AssignmentBoard board, Clock clock) {
        return new Glimpses(board, clock);
    }

    @Produces
    @Singleton
    FleetMeters meters(MeterRegistry registry) {
        return new FleetMeters(registry);
    }

    @Produces
    @Singleton
    Trail trail(FleetConfig config) {
        return Trail.of(FleetSettings.traceUrl(config), "plumbline-fleet");
    }

    void close(@Disposes Trail trail) {
        trail.close();
    }

    @Produces
    @Singleton
    Deeds deeds(Trail trail) {
        return new Deeds(trail);
    }

    @Produces
    @Singleton
    FleetObservations observations(FleetSettings settings) {
        return new FleetObservations(settings.silentAfter());
    }

    @Produces
    @Singleton
    ChangeFeed changes(FleetObservations heard) {
        return heard.changes();
    }

    @Produces
    @Singleton
    RegistryShelf shelf(FleetSettings settings, Clock clock) {
        return new RegistryShelf(new RegistryAddress(settings.registryUrl()), clock);
    }

    @Produces
    @Singleton
    AssignmentBoard board() {
        return new AssignmentBoard();
    }

    @Produces
    @Singleton
    ControlPlane control(
            Database database, FleetObservations heard, AssignmentBoard board, FleetMeters meters, Clock clock) {
        var control = new ControlPlane(
                new SqlFleetStore(database),
                heard,
                change -> {
                    board.publish(change.after().assigned().values());
                    meters.written(change);
                    heard.changes().mark(Part.FLEET);
                    heard.changes().mark(Part.ROLLOUTS);
                },
                clock);
        board.publish(control.state().assigned().values());
        meters.watch(control, () -> FleetFigures.of(control.state(), heard, clock.instant()), board);
        return control;
    }

    @Produces
    @Singleton
    AlertChanges alertChanges(FleetMeters meters, FleetObservations heard, Deeds deeds) {
        return change -> {
            meters.alerts(change.alerts());
            deeds.changed(change.alerts());
            heard.changes().mark(Part.ALERTS);
        };
    }

    /** Told of every change of the book. */
    interface AlertChanges extends Consumer<BookChange> {}

    @Produces
    @Singleton
    AlertDesk alerts(
            Database database,
            ControlPlane control,
            FleetObservations heard,
            AlertChanges changes,
            FleetMeters meters,
            Clock clock) {
        var since = clock.instant();
        var desk = new AlertDesk(
                new SqlAlertStore(database, clock),
                () -> FleetSurroundings.of(
                        control.state(), heard, since, clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                changes);
        meters.watch(desk);
        return desk;
    }

    @Produces
    @Singleton
    ControlTopics.Ears ears(AlertDesk alerts, Deeds deeds) {
        return new ControlTopics.Ears(alerts, deeds);
    }

    @Produces
    @Singleton
    SqlLetterBox letters(Database database) {
        return new SqlLetterBox(database);
    }

    @Produces
    @Singleton
    PostOffice post(
            SqlLetterBox letters,
            SinkFactory sinks,
            PostOffice.News news,
            Deeds deeds,
            FleetMeters meters,
            Clock clock) {
        var post = new PostOffice(letters, sink -> deeds.over(sink.name(), sinks.open(sink)), news, meters, clock);
        meters.watch(post::standing, clock);
        return post;
    }

    @Produces
    @Singleton
    PostOffice.News news(ControlPlane control, AlertDesk desk) {
        return new PostOffice.News(
                () -> control.state()
                        .version()
                        .map(version -> version.spec().alerts())
                        .orElse(AlertSpec.USUAL),
                desk::book);
    }

    /** What is told to Kafka beside alerts. */
    record Announcements(RolloutAnnouncer rollouts, Reconciler topics) {}

    @Produces
    @Singleton
    Announcements announcements(
            ControlPlane control, SqlHistory history, RolloutAnnouncer announcer, KafkaTopics topics, Clock clock) {
        return new Announcements(announcer, new Reconciler(control::state, topics, history, clock));
    }

    @Produces
    @Singleton
    Pulse pulse(
            ControlPlane control, Announcements announcements, AlertDesk alerts, PostOffice post, FleetMeters meters) {
        return new Pulse(
                control,
                List.of(announcements.rollouts()::announce, announcements.topics()::reconcile),
                alerts,
                post,
                meters);
    }

    void check(@Observes @Priority(FIRST) StartupEvent event, FleetSettings settings, Trail trail, Database database) {
        if (!database.answers()) {
            throw new StoreUnavailableException("the database does not answer");
        }
    }

    void start(@Observes StartupEvent event, FleetSettings settings, Pulse pulse) {
        pulse.start(settings);
    }

    void stop(@Observes ShutdownEvent event, Pulse pulse) {
        pulse.close();
    }
}
