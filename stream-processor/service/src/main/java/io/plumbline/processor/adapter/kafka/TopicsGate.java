package io.plumbline.processor.adapter.kafka;

import io.plumbline.contract.Topics;
import io.plumbline.processor.config.IllegalConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jboss.logging.Logger;

/**
 * Waits until every topic exists, with the partitions that joining needs. Topics are made by whoever runs Kafka, and often a
 * moment after the services have started.
 */
public final class TopicsGate {

    private static final Logger LOG = Logger.getLogger(TopicsGate.class);

    private static final Set<String> USED = Set.of(
            Topics.RESULTS,
            Topics.LABELS,
            Topics.MODEL_STATS,
            Topics.MODEL_HEALTH,
            Topics.VERDICTS,
            Topics.RECALIBRATIONS,
            Topics.POLICIES,
            Topics.DEAD_LETTERS);
    private static final Duration CALL = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final String bootstrapServers;
    private final Duration patience;

    /** @param patience wall-clock time to wait in all */
    public TopicsGate(String bootstrapServers, Duration patience) {
        this.bootstrapServers = bootstrapServers;
        this.patience = patience;
    }

    /**
     * Returns when all topics are there.
     *
     * @throws IllegalConfigurationException when they are not within the time, naming what is missing
     */
    public void await() {
        var deadline = System.nanoTime() + patience.toNanos();
        try (var admin = admin()) {
            var missing = missing(admin);
            if (missing.isPresent()) {
                LOG.infof("kafka-awaited servers=%s reason=%s", bootstrapServers, missing.get());
            }
            while (missing.isPresent()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalConfigurationException(
                            "kafka.bootstrap.servers",
                            bootstrapServers,
                            "must name a Kafka with all topics within " + patience.toSeconds() + " s, but "
                                    + missing.get());
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                missing = missing(admin);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for topics", e);
        }
    }

    private Admin admin() {
        try {
            return Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) CALL.toMillis(),
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL.toMillis()));
        } catch (org.apache.kafka.common.KafkaException e) {
            throw new IllegalConfigurationException(
                    "kafka.bootstrap.servers", bootstrapServers, "must be host:port of a Kafka, more with commas");
        }
    }

    private static Optional<String> missing(Admin admin) throws InterruptedException {
        try {
            var names = admin.listTopics().names().get(CALL.toMillis(), TimeUnit.MILLISECONDS);
            var absent =
                    USED.stream().filter(name -> !names.contains(name)).sorted().toList();
            return absent.isEmpty()
                    ? wrongPartitions(admin)
                    : Optional.of("these topics do not exist: " + String.join(", ", absent));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("it does not answer");
        }
    }

    private static Optional<String> wrongPartitions(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        var found = admin.describeTopics(USED).allTopicNames().get(CALL.toMillis(), TimeUnit.MILLISECONDS);
        return keyed().stream()
                .filter(spec -> partitions(found, spec) != spec.partitions())
                .map(spec -> "topic " + spec.name() + " has " + partitions(found, spec) + " partitions instead of "
                        + spec.partitions())
                .findFirst();
    }

    /* What meets by key must be cut into the same partitions. */
    private static List<Topics.Spec> keyed() {
        var joined = Set.of(Topics.RESULTS, Topics.LABELS, Topics.MODEL_STATS);
        return Topics.all().stream()
                .filter(spec -> joined.contains(spec.name()))
                .toList();
    }

    private static int partitions(Map<String, TopicDescription> found, Topics.Spec spec) {
        return Optional.ofNullable(found.get(spec.name()))
                .map(topic -> topic.partitions().size())
                .orElse(0);
    }
}
