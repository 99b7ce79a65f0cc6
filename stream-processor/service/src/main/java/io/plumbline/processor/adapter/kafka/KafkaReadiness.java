package io.plumbline.processor.adapter.kafka;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when Kafka answers. That of Kafka Streams calls every topic missing when nobody answers. */
@Readiness
@Singleton
final class KafkaReadiness implements HealthCheck {

    private static final Duration CALL = Duration.ofSeconds(3);

    private final String servers;
    private final Admin admin;

    KafkaReadiness(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this.servers = servers;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) CALL.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL.toMillis()));
    }

    @Override
    public HealthCheckResponse call() {
        var said = HealthCheckResponse.named("kafka");
        try {
            admin.describeCluster().clusterId().get(2 * CALL.toMillis(), TimeUnit.MILLISECONDS);
            return said.up().build();
        } catch (ExecutionException | TimeoutException e) {
            return said.down().withData("reason", servers + " does not answer").build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return said.down().withData("reason", "it was not waited for").build();
        }
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ZERO);
    }
}
