package io.plumbline.processor;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.judging.References;
import io.plumbline.processor.adapter.kafka.TopicsGate;
import io.plumbline.processor.adapter.metrics.MicrometerMetrics;
import io.plumbline.processor.adapter.registry.RegistryReferences;
import io.plumbline.processor.config.Settings;
import io.plumbline.processor.config.VerdictConfig;
import io.plumbline.processor.topology.Parts;
import io.plumbline.signals.trace.Trail;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The only place that builds the processor's parts. */
@Singleton
final class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration FETCH = Duration.ofSeconds(10);

    /* Nothing of Kafka Streams starts before this has returned: settings first, then the topics. */
    @Produces
    @Singleton
    Parts parts(
            VerdictConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            MeterRegistry meters,
            Trail trail) {
        var settings = Settings.from(config);
        new TopicsGate(bootstrapServers, PATIENCE).await();
        return new Parts(settings.policy(), references(settings.registryUrl()), new MicrometerMetrics(meters), trail);
    }

    @Produces
    @Singleton
    Trail trail(VerdictConfig config) {
        return Trail.of(Settings.from(config).traceUrl(), "plumbline-processor");
    }

    void close(@Disposes Trail trail) {
        trail.close();
    }

    private static References references(Optional<URI> registry) {
        if (registry.isEmpty()) {
            LOG.warn("no-registry drift of inputs is not evaluated property=plumbline.processor.registry-url");
            return (model, build) -> Optional.empty();
        }
        var http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        var background = Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "references");
            thread.setDaemon(true);
            return thread;
        });
        return new RegistryReferences(registry.get(), http, background, Clock.systemUTC(), FETCH);
    }
}
