package io.plumbline.registry;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.database.Database;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.registry.adapter.disk.AttemptFiles;
import io.plumbline.registry.adapter.disk.Housekeeper;
import io.plumbline.registry.adapter.disk.KeyRing;
import io.plumbline.registry.adapter.disk.Uploads;
import io.plumbline.registry.adapter.kafka.ControlTopics;
import io.plumbline.registry.adapter.kafka.HealthTopic;
import io.plumbline.registry.adapter.kafka.LabelTopic;
import io.plumbline.registry.adapter.kafka.Workshop;
import io.plumbline.registry.adapter.metrics.RegistryMeters;
import io.plumbline.registry.adapter.peer.CarrierThread;
import io.plumbline.registry.adapter.peer.OciPeer;
import io.plumbline.registry.adapter.store.SqlJobStore;
import io.plumbline.registry.adapter.store.SqlSightingStore;
import io.plumbline.registry.adapter.trace.Errands;
import io.plumbline.registry.config.RegistryConfig;
import io.plumbline.registry.config.RegistrySettings;
import io.plumbline.registry.core.admission.Admission;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.build.Publisher;
import io.plumbline.registry.core.build.Sandbox;
import io.plumbline.registry.core.build.Signer;
import io.plumbline.registry.core.build.VersionJobs;
import io.plumbline.registry.core.build.Workbench;
import io.plumbline.registry.core.carriage.Carrier;
import io.plumbline.registry.core.job.JobStore;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.Surroundings;
import io.plumbline.registry.core.label.LabelJoin;
import io.plumbline.registry.core.oci.Repositories;
import io.plumbline.registry.core.offer.Offers;
import io.plumbline.registry.core.recalibration.Candidates;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Gate;
import io.plumbline.registry.core.sighting.SightingStore;
import io.plumbline.registry.core.sighting.Sightings;
import io.plumbline.registry.core.signing.Resigner;
import io.plumbline.signals.trace.Trail;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;

/** Everything that the service is made of but for the data folder, and the order in which it starts. */
@Singleton
public final class Wiring {

    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    /** Before anything talks to Kafka: a broken setting must be the only thing that is said. */
    private static final int FIRST = 1;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    RegistrySettings settings(RegistryConfig config) {
        return RegistrySettings.of(config);
    }

    @Produces
    @Singleton
    Database database(RegistrySettings settings) {
        var database = settings.database();
        return Database.open(SqlJobStore.TABLES, database.url(), database.user(), database.password());
    }

    void close(@Disposes Database database) {
        database.close();
    }

    @Produces
    @Singleton
    JobStore jobStore(Database database) {
        return new SqlJobStore(database);
    }

    @Produces
    @Singleton
    SightingStore sightingStore(Database database) {
        return new SqlSightingStore(database);
    }

    @Produces
    @Singleton
    Sightings sightings(SightingStore store, Clock clock) {
        return new Sightings(store, clock);
    }

    @Produces
    @Singleton
    Trail trail(RegistryConfig config) {
        return Trail.of(RegistrySettings.traceUrl(config), "plumbline-registry");
    }

    void close(@Disposes Trail trail) {
        trail.close();
    }

    @Produces
    @Singleton
    ControlTopics.Parties parties(Sightings sightings, LabelJoin labels, JobStore jobs, Trail trail) {
        return new ControlTopics.Parties(sightings, labels, new Offers(jobs), new Errands(trail));
    }

    @Produces
    @Singleton
    RegistryMeters meters(MeterRegistry registry, RegistrySettings settings) {
        var meters = new RegistryMeters(registry);
        meters.watch(settings.dataDir());
        return meters;
    }

    @Produces
    @Singleton
    Publisher publisher(Repositories repositories, Signer signer) {
        return new Publisher(repositories, signer);
    }

    @Produces
    @Singleton
    Resigner resigner(Repositories repositories, KeyRing keys, Clock clock) {
        return new Resigner(repositories, keys, keys.trust(), clock);
    }

    @Produces
    @Singleton
    Catalog catalog(Repositories repositories) {
        return new Catalog(repositories);
    }

    @Produces
    @Singleton
    Admission admission(Catalog catalog, Clock clock) {
        return new Admission(catalog, clock);
    }

    @Produces
    @Singleton
    Workbench.Tools tools(Sandbox sandbox, AttemptFiles attempts) {
        return new Workbench.Tools(sandbox, attempts);
    }

    @Produces
    @Singleton
    VersionJobs jobs(
            RegistrySettings settings, Catalog catalog, Publisher publisher, Workbench.Tools tools, Clock clock) {
        return new VersionJobs(catalog, publisher, tools, settings.searchBudget(), clock);
    }

    @Produces
    @Singleton
    Recalibrations recalibrations(
            RegistrySettings settings, JobStore store, Surroundings outside, RegistryMeters meters, Clock clock) {
        var coordinator = new Coordinator(new Gate(settings.gate()), settings.choice(), settings.taskTimeout());
        var recalibrations = new Recalibrations(coordinator, settings.pace(), store, outside, clock);
        meters.watch(recalibrations, clock);
        return recalibrations;
    }

    @Produces
    @Singleton
    Surroundings surroundings(ControlTopics topics, Candidates candidates, Workshop workshop) {
        return new Surroundings(topics::send, topics::send, topics::progress, candidates, workshop);
    }

    @Produces
    @Singleton
    Candidates candidates(
            RegistrySettings settings, Catalog catalog, Publisher publisher, Workbench.Tools tools, Carrier carrier) {
        var delivery = new Candidates.Delivery(carrier, settings.buildsPatience());
        return new Candidates(catalog, publisher, tools, delivery, settings.candidates());
    }

    @Produces
    @Singleton
    Carrier carrier(RegistrySettings settings, Repositories repositories, RegistryMeters meters, Clock clock) {
        var carrier =
                new Carrier(repositories, settings.builds().map(place -> new OciPeer(place, repositories)), clock);
        meters.watch(carrier);
        return carrier;
    }

    @Produces
    @Singleton
    CarrierThread carrierThread(Carrier carrier) {
        return new CarrierThread(carrier);
    }

    @Produces
    @Singleton
    HealthTopic healthTopic(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return HealthTopic.of(kafka);
    }

    @Produces
    @Singleton
    LabelJoin labels(@Identifier("default-kafka-broker") Map<String, Object> kafka, Clock clock) {
        return new LabelJoin(LabelTopic.of(kafka, clock));
    }

    @Produces
    @Singleton
    Workshop workshop(VersionJobs jobs, RegistryMeters meters) {
        return new Workshop(jobs, meters);
    }

    void check(
            @Observes @Priority(FIRST) StartupEvent event,
            KeyRing keys,
            Repositories repositories,
            Uploads uploads,
            Trail trail,
            Database database) {
        if (!database.answers()) {
            throw new StoreUnavailableException("the database does not answer");
        }
        if (keys.trust().keys().isEmpty()) {
            throw new IllegalStateException("a registry without a key is a bug");
        }
    }

    void start(
            @Observes StartupEvent event,
            Workshop workshop,
            ControlTopics topics,
            HealthTopic health,
            Recalibrations recalibrations,
            Housekeeper housekeeper,
            CarrierThread carrier,
            Resigner resigner) {
        var signed = resigner.run();
        if (signed > 0) {
            LOG.log(System.Logger.Level.INFO, "signatures-added to builds by keys that are new count={0}", signed);
        }
        housekeeper.start();
        carrier.start();
        workshop.start(recalibrations);
        topics.open(recalibrations);
        health.start(recalibrations);
    }

    void stop(
            @Observes ShutdownEvent event,
            Workshop workshop,
            AttemptFiles attempts,
            HealthTopic health,
            Housekeeper housekeeper,
            CarrierThread carrier) {
        carrier.close();
        health.close();
        housekeeper.close();
        workshop.close();
        attempts.close();
    }
}
