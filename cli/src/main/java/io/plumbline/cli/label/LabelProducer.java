package io.plumbline.cli.label;

import io.plumbline.client.ClientException;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends labels to Kafka, those of a device in their order. Thread-safe. */
public final class LabelProducer implements AutoCloseable {

    private static final Duration LAST_CHANCE = Duration.ofSeconds(5);
    private static final int PATIENCE_MILLIS = 20_000;

    private final String servers;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private LabelProducer(String servers, KafkaProducer<String, byte[]> producer) {
        this.servers = servers;
        this.producer = producer;
    }

    /** @throws ClientException if Kafka does not answer or has no topic of labels */
    public static LabelProducer open(String servers) throws ClientException {
        try {
            requireTopic(servers);
            var settings = Map.<String, Object>of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                    ProducerConfig.LINGER_MS_CONFIG, 20,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
            return new LabelProducer(
                    servers, new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
        } catch (KafkaException e) {
            throw new ClientException("--kafka " + servers + " must be HOST:PORT of a Kafka, more with commas", e);
        }
    }

    /** A Kafka of others would make the topic, with partitions that fit to nothing. */
    private static void requireTopic(String servers) throws ClientException {
        var settings = Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        try (var admin = Admin.create(settings)) {
            var unused = admin.describeTopics(List.of(Topics.LABELS))
                    .allTopicNames()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new ClientException(
                        "Kafka at " + servers + " has no topic " + Topics.LABELS
                                + ": is it the Kafka that Plumbline uses? --kafka HOST:PORT names another",
                        e);
            }
            throw silent(servers, e);
        } catch (TimeoutException e) {
            throw silent(servers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent(servers, e);
        }
    }

    private static ClientException silent(String servers, Exception e) {
        return new ClientException("Kafka at " + servers + " does not answer; --kafka HOST:PORT names another", e);
    }

    /** Sends it in a moment; {@link #flush} says whether Kafka took it. */
    public void send(Label label) {
        var record = new ProducerRecord<>(Topics.LABELS, label.device().value(), Json.encode(label));
        var unused = producer.send(record, (done, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    /** @throws ClientException if Kafka did not take every label so far */
    public void flush() throws ClientException {
        producer.flush();
        var failed = failure.get();
        if (failed != null) {
            throw new ClientException(
                    "Kafka at " + servers + " did not take every label: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        producer.close(LAST_CHANCE);
    }
}
