package io.plumbline.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.launch.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptionsBuilder;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The brokers' own process, as the launcher starts it. */
class BrokerHostIT {

    private static final String TOPIC = "records";
    private static final long PATIENCE_MILLIS = 20_000;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private BrokerPorts ports = new BrokerPorts(0, 0, 0);

    @BeforeEach
    void takePorts() throws Exception {
        var free = FreePorts.take(3);
        ports = new BrokerPorts(free.get(0), free.get(1), free.get(2));
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void recordsAndTheQueueOfAnAbsentSubscriberSurviveAKill() throws Exception {
        // Given
        var first = startReady();
        subscribeAndLeave();
        publish("queued one", "queued two");
        createTopic();
        append("record one", "record two");

        // When
        first.destroyForcibly().waitFor();
        startReady();

        // Then
        assertThat(records(2)).containsExactly("record one", "record two");
        var queued = new ConcurrentLinkedQueue<String>();
        var subscriber = client("subscriber");
        subscriber.setCallback(new Listener(queued));
        connect(subscriber, false);
        Awaitility.await().untilAsserted(() -> assertThat(queued).containsExactly("queued one", "queued two"));
        subscriber.disconnect().waitForCompletion(PATIENCE_MILLIS);
        subscriber.close();
    }

    @Test
    void aTakenMqttPortEndsBothBrokersWithOneLineThatNamesIt() throws Exception {
        try (var taken = new ServerSocket(ports.mqtt(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(lastWordsOf(start()))
                    .startsWith("brokers: the MQTT broker cannot start on port " + taken.getLocalPort())
                    .contains("in use");
        }
    }

    @Test
    void aTakenKafkaPortEndsBothBrokersWithOneLineThatNamesIt() throws Exception {
        try (var taken = new ServerSocket(ports.kafka(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(lastWordsOf(start()))
                    .startsWith("brokers: Kafka cannot start on ports " + taken.getLocalPort())
                    .contains("in use");
        }
    }

    @Test
    void aFolderThatCannotBeMadeEndsBothBrokersWithOneLineThatNamesIt() throws Exception {
        // Given
        Files.createDirectories(log().getParent());
        Files.writeString(folder.resolve("data"), "a file, not a folder");

        // When
        var broken = start();

        // Then
        assertThat(lastWordsOf(broken))
                .startsWith("brokers: ")
                .contains(folder.resolve("data").toString());
    }

    private Path log() {
        return folder.resolve("brokers.log");
    }

    private Process start() throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerHost.class.getName(),
                        folder.resolve("data").toString(),
                        String.valueOf(ports.kafka()),
                        String.valueOf(ports.controller()),
                        String.valueOf(ports.mqtt()))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        started.add(process);
        return process;
    }

    private Process startReady() throws IOException {
        var process = start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(said()).contains(ports.ready()));
        return process;
    }

    private List<String> said() throws IOException {
        return Files.readAllLines(log(), StandardCharsets.UTF_8);
    }

    private String lastWordsOf(Process broken) throws IOException, InterruptedException {
        assertThat(broken.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(broken.exitValue()).isEqualTo(1);
        var ours = said().stream().filter(line -> line.startsWith("brokers: ")).toList();
        assertThat(ours).as(() -> "the log " + log()).hasSize(1);
        return ours.get(0);
    }

    private MqttAsyncClient client(String id) throws Exception {
        return new MqttAsyncClient(ports.mqttUrl(), id, new MemoryPersistence());
    }

    private static void connect(MqttAsyncClient client, boolean cleanStart) throws Exception {
        var options = new MqttConnectionOptionsBuilder()
                .cleanStart(cleanStart)
                .sessionExpiryInterval(3600L)
                .build();
        client.connect(options).waitForCompletion(PATIENCE_MILLIS);
    }

    private void subscribeAndLeave() throws Exception {
        var subscriber = client("subscriber");
        connect(subscriber, true);
        subscriber.subscribe(new MqttSubscription("motes/#", 1)).waitForCompletion(PATIENCE_MILLIS);
        subscriber.disconnect().waitForCompletion(PATIENCE_MILLIS);
        subscriber.close();
    }

    private void publish(String... payloads) throws Exception {
        var publisher = client("publisher");
        connect(publisher, true);
        for (var payload : payloads) {
            var message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
            message.setQos(1);
            publisher.publish("motes/north", message).waitForCompletion(PATIENCE_MILLIS);
        }
        publisher.disconnect().waitForCompletion(PATIENCE_MILLIS);
        publisher.close();
    }

    private void createTopic() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", ports.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private void append(String... values) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", ports.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (var value : values) {
                producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
            }
        }
    }

    private List<String> records(int count) {
        var settings = Map.<String, Object>of("bootstrap.servers", ports.bootstrapServers());
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await().untilAsserted(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                assertThat(values).hasSizeGreaterThanOrEqualTo(count);
            });
        }
        return values;
    }
}
