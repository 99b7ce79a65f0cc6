package io.plumbline.benchmarks.recalibration;

import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.LaunchException;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.client.ClientException;
import io.plumbline.contract.Topics;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.wire.Json;
import io.plumbline.support.Leaks;
import io.plumbline.support.Wiretap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * All services as processes. Gateways, the processor and people reach registry and control plane through taps, and every Kafka topic is
 * read: all that leaves a gateway is looked at, but for its subscription to MQTT.
 */
final class Estate implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(240);

    private final Installation installation = Installation.here();
    /* How fast builds are is not asked here, and other programs must not decide it. */
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "plumbline.gateway.heartbeat", "PT0.5S",
            "plumbline.registry.gate-latency-ratio", "20",
            "plumbline.registry.task-timeout", "PT4M"));
    private final Path folder;
    private final Leaks leaks;
    private final Brokers brokers;
    private final EveryTopic topics;
    private final List<Service> services = new ArrayList<>();
    private final List<Wiretap> taps = new ArrayList<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private final Map<String, byte[]> newest = new ConcurrentHashMap<>();

    private Estate(Path folder, Leaks leaks, Map<String, String> settings)
            throws LaunchException, InterruptedException {
        this.folder = folder;
        this.leaks = leaks;
        this.settings.putAll(settings);
        this.brokers = Brokers.start(installation, folder);
        this.topics = new EveryTopic(kafka(), this::left);
    }

    /**
     * Starts brokers, registry and control plane.
     *
     * @param leaks looks at what leaves
     * @param settings of all services
     */
    static Estate start(Path folder, Leaks leaks, Map<String, String> settings) throws Exception {
        Files.createDirectories(folder);
        var estate = new Estate(folder.toAbsolutePath(), leaks, settings);
        try {
            var registry = estate.service(
                    ServiceKind.REGISTRY, "registry", Map.of("plumbline.registry.data-dir", estate.at("registry")));
            var fleet =
                    estate.service(ServiceKind.FLEET, "fleet", Map.of("plumbline.fleet.data-dir", estate.at("fleet")));
            for (var service : List.of(registry, fleet)) {
                service.awaitReady();
                estate.taps.add(Wiretap.before(service.url(), leaks::look));
            }
            estate.writeTrustRoot();
            return estate;
        } catch (Exception e) {
            estate.close();
            throw e;
        }
    }

    private void left(ConsumerRecord<byte[], byte[]> record) {
        heard.merge(record.topic(), 1L, Long::sum);
        if (record.key() != null) {
            leaks.look("key on " + record.topic(), record.key());
        }
        record.headers().forEach(header -> leaks.look("header on " + record.topic(), header.value()));
        if (record.value() != null) {
            newest.put(record.topic(), record.value());
            leaks.look("record on " + record.topic(), record.value(), meant(record));
        }
    }

    /** A histogram says how far its tensor reaches, or no range could be built on it. */
    private static Set<String> meant(ConsumerRecord<byte[], byte[]> record) {
        Set<String> meant = new HashSet<>();
        if (record.topic().equals(Topics.CALIBRATION)
                && Json.decode(record.value(), CalibrationMessage.class)
                        instanceof CalibrationMessage.Observed observed) {
            observed.histograms().forEach(histogram -> {
                meant.add(Double.toString(histogram.min()));
                meant.add(Double.toString(histogram.max()));
            });
        }
        return meant;
    }

    private void writeTrustRoot() throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(registry().resolve("/api/v1/trust"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        Files.writeString(folder.resolve("trust.json"), answer.body());
    }

    private Service service(ServiceKind kind, String name, Map<String, String> own) throws LaunchException {
        var all = new HashMap<>(settings);
        all.putAll(own);
        all.put("kafka.bootstrap.servers", kafka());
        var program = new Service.Program(kind, name, List.of());
        var service = Service.start(installation, program, folder.resolve("logs"), all);
        services.add(service);
        return service;
    }

    /** Pushed by its owner, not through the tap; waits until it is built. */
    Digest push(RegistryClient.NewVersion version) throws Exception {
        var owner = new RegistryClient(services.get(0).url());
        owner.push(version, "v1");
        return await(
                "build of " + version.card().model(),
                () -> built(owner, version.card().model()));
    }

    private static Optional<Digest> built(RegistryClient owner, ModelName model) throws ClientException {
        var version = owner.view(model).versions().get(0);
        if (version.state().equals("FAILED")) {
            throw new ClientException("the registry could not build the model: " + version.because());
        }
        return version.state().equals("READY")
                ? version.builds().stream().map(ModelView.Build::manifest).findFirst()
                : Optional.empty();
    }

    void apply(String fleetYaml) throws ClientException {
        new FleetClient(services.get(1).url()).apply(fleetYaml);
    }

    /** Waits until it runs what it is assigned. */
    void startGateway(GatewayId gateway, SiteId site) throws LaunchException, InterruptedException {
        service(
                        ServiceKind.GATEWAY,
                        gateway.value(),
                        Map.of(
                                "plumbline.gateway.id", gateway.value(),
                                "plumbline.gateway.site", site.value(),
                                "plumbline.gateway.data-dir", at(gateway.value()),
                                "plumbline.gateway.mqtt-url", mqtt(),
                                "plumbline.gateway.registry-url", registry().toString(),
                                "plumbline.gateway.fleet-url", taps.get(1).url().toString(),
                                "plumbline.gateway.trust-root", at("trust.json")))
                .awaitSubscribed();
    }

    void startProcessor() throws LaunchException, InterruptedException {
        service(
                        ServiceKind.PROCESSOR,
                        "processor",
                        Map.of(
                                "plumbline.processor.state-dir", at("processor"),
                                "plumbline.processor.registry-url", registry().toString()))
                .awaitReady();
    }

    /** The packaged command line, in a process of its own. */
    Command.Said command(String... words) throws Exception {
        return Command.run(installation, folder, words);
    }

    /** Asks again and again, a little apart. */
    <T> T await(String what, Callable<Optional<T>> question) throws Exception {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            var answer = question.call();
            if (answer.isPresent()) {
                return answer.get();
            }
            for (var service : services) {
                service.process().requireAlive();
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(what + ": nothing after " + LIMIT.toSeconds() + " s; the logs are in "
                        + folder.resolve("logs"));
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** Waits until this many readings or frames were answered. */
    void awaitResults(long count) throws Exception {
        var unused = await(
                count + " results", () -> Optional.of(heard(Topics.RESULTS)).filter(results -> results >= count));
    }

    /** Records of a topic so far. */
    long heard(String topic) {
        return heard.getOrDefault(topic, 0L);
    }

    /** The last record of a topic. */
    Optional<byte[]> newest(String topic) {
        return Optional.ofNullable(newest.get(topic));
    }

    /** Waits until everything that is on Kafka now was looked at. */
    void drain() throws InterruptedException, TimeoutException {
        topics.drain(LIMIT);
    }

    /** Through the tap. */
    URI registry() {
        return taps.get(0).url();
    }

    /** Not through the tap. */
    URI console() {
        return services.get(1).url();
    }

    String mqtt() {
        return brokers.ports().mqttUrl();
    }

    String kafka() {
        return brokers.ports().bootstrapServers();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public void close() {
        for (int i = services.size() - 1; i >= 0; i--) {
            services.get(i).process().stop(PATIENCE);
        }
        taps.forEach(Wiretap::close);
        topics.close();
        brokers.process().stop(PATIENCE);
    }
}
