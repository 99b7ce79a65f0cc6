package io.plumbline.cli.launch;

import io.plumbline.cli.broker.BrokerHost;
import io.plumbline.cli.broker.BrokerPorts;
import io.plumbline.contract.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The broker process and the topics on it. */
public record Brokers(ChildProcess process, BrokerPorts ports) {

    private static final int HEAP_MB = 256;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    /** Of compacted topics, too, every record stays as long: charts begin there after a restart of the control plane. */
    private static final Duration WHOLE = Duration.ofHours(6);

    private static final Duration RETENTION = Duration.ofDays(30);

    /** Kafka refuses a time that is more than an hour ahead of its own, and deletes by time: no clock but its own counts. */
    private static final String LOG_APPEND_TIME = "LogAppendTime";

    /** Starts the brokers on free ports over the data folder, and makes sure that every topic exists. */
    public static Brokers start(Installation installation, Path data) throws LaunchException, InterruptedException {
        return start(installation, data, freePorts());
    }

    /** Ports that nobody listens on now. */
    public static BrokerPorts freePorts() throws LaunchException {
        var free = FreePorts.take(3);
        return new BrokerPorts(free.get(0), free.get(1), free.get(2));
    }

    public static Brokers start(Installation installation, Path data, BrokerPorts ports)
            throws LaunchException, InterruptedException {
        var command = JavaCommand.sized(HEAP_MB, installation.agent())
                .main(
                        installation.brokerClassPath(),
                        BrokerHost.class.getName(),
                        data.resolve("brokers").toString(),
                        String.valueOf(ports.kafka()),
                        String.valueOf(ports.controller()),
                        String.valueOf(ports.mqtt()));
        var brokers = new Brokers(ChildProcess.start("brokers", command, data.resolve("logs")), ports);
        try {
            brokers.createTopics();
            brokers.awaitReady();
            return brokers;
        } catch (LaunchException | InterruptedException e) {
            brokers.process.stop(Duration.ofSeconds(5));
            throw e;
        }
    }

    /** Kafka answers when the topics are there; MQTT may take longer. */
    private void awaitReady() throws LaunchException, InterruptedException {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!process.hasSaid(ports.ready())) {
            process.requireAlive();
            if (System.nanoTime() > deadline) {
                throw silent();
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private LaunchException silent() {
        return new LaunchException(
                "the brokers do not answer after " + START_LIMIT.toSeconds() + " s; their log is " + process.log());
    }

    private void createTopics() throws LaunchException, InterruptedException {
        var settings = Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                ports.bootstrapServers(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200);
        try (var admin = Admin.create(settings)) {
            var topics = Topics.all().stream().map(Brokers::newTopic).toList();
            for (var created : admin.createTopics(topics).values().values()) {
                waitFor(created);
            }
        }
    }

    private void waitFor(org.apache.kafka.common.KafkaFuture<Void> created)
            throws LaunchException, InterruptedException {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                created.get(200, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notYet) {
                process.requireAlive();
                if (System.nanoTime() > deadline) {
                    throw silent();
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException) {
                    return;
                }
                throw new LaunchException("a topic cannot be created: " + e.getMessage(), e);
            }
        }
    }

    private static NewTopic newTopic(Topics.Spec spec) {
        var settings = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                spec.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                String.valueOf(RETENTION.toMillis()),
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                String.valueOf(WHOLE.toMillis()),
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                LOG_APPEND_TIME);
        return new NewTopic(spec.name(), spec.partitions(), (short) 1).configs(settings);
    }
}
