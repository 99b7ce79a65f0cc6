package io.plumbline.benchmarks;

import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.LaunchException;
import io.plumbline.cli.launch.ResidentMemory;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.client.ClientException;
import io.plumbline.contract.id.ModelName;
import io.plumbline.inference.card.ModelCard;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/** Brokers that can be stopped and started, registry, control plane, load, and a gateway that comes and goes. */
public final class Rig implements AutoCloseable {

    /** Of the gateway. */
    public static final String SITE = "bench";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final Work work;
    private final Installation installation = Installation.here();
    private Brokers brokers;
    private final Service registry;
    private final Service fleet;
    private final Optional<Mosquitto> mosquitto;
    private final Load.Shape shape;
    private @Nullable Child load;
    private @Nullable Service gateway;
    private double lastRssMb;

    private Rig(Path folder, Work work, boolean kept) throws LaunchException, InterruptedException, IOException {
        this.folder = folder;
        this.work = work;
        this.brokers = Brokers.start(installation, folder);
        this.registry =
                service(ServiceKind.REGISTRY, "registry", Map.of("plumbline.registry.data-dir", at("registry")));
        this.fleet = service(ServiceKind.FLEET, "fleet", Map.of("plumbline.fleet.data-dir", at("fleet")));
        this.mosquitto = mosquitto(folder, kept);
        this.shape = mosquitto.isPresent() ? new Load.Shape(2, 100) : new Load.Shape(Load.DEVICES, 1);
    }

    /** The lighter broker where it is installed: what is measured are its clients. */
    private static Optional<Mosquitto> mosquitto(Path folder, boolean kept)
            throws IOException, InterruptedException, LaunchException {
        var program = Mosquitto.installed();
        return program.isPresent() ? Optional.of(Mosquitto.start(program.get(), folder, kept)) : Optional.empty();
    }

    public static Rig start(Path folder, Work work) throws Exception {
        return start(folder, work, false);
    }

    /** With brokers that keep sessions and messages over a restart. */
    public static Rig startKept(Path folder, Work work) throws Exception {
        return start(folder, work, true);
    }

    private static Rig start(Path folder, Work work, boolean kept) throws Exception {
        var rig = new Rig(folder, work, kept);
        try {
            rig.registry.awaitReady();
            rig.fleet.awaitReady();
            rig.prepare();
            return rig;
        } catch (Exception e) {
            rig.close();
            throw e;
        }
    }

    private void prepare() throws Exception {
        var trust = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(registry.url().resolve("/api/v1/trust"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        Files.writeString(folder.resolve("trust.json"), trust.body());
        Files.write(cardFile(), work.card().get());
        var card = ModelCard.parse(work.card().get());
        var client = new RegistryClient(registry.url());
        client.push(
                new RegistryClient.NewVersion(
                        card,
                        work.card(),
                        work.onnx(),
                        new RegistryClient.Samples(Optional.of(work.samples()), Optional.empty())),
                "v1");
        new FleetClient(fleet.url()).apply(work.fleet().formatted(staticBuild(client, card.model())));
    }

    /** The build that the gateway runs; the naive loop runs the same file. */
    private String staticBuild(RegistryClient client, ModelName model)
            throws ClientException, InterruptedException, IOException {
        while (true) {
            var version = client.view(model).versions().get(0);
            if (version.state().equals("READY")) {
                for (var build : version.builds()) {
                    if (build.card().recipe().equals("static-minmax")) {
                        Files.write(
                                modelFile(),
                                client.pull(model, build.manifest()).onnx().get());
                        return build.manifest().value();
                    }
                }
            }
            if (version.state().equals("FAILED")) {
                throw new IOException("the registry could not build the model: " + version.because());
            }
            Thread.sleep(500);
        }
    }

    private Service service(ServiceKind kind, String name, Map<String, String> properties) throws LaunchException {
        return service(Service.Program.of(kind, name), properties);
    }

    private Service service(Service.Program program, Map<String, String> properties) throws LaunchException {
        var all = new HashMap<>(properties);
        all.put("kafka.bootstrap.servers", kafka());
        return Service.start(installation, program, folder.resolve("logs"), all);
    }

    public void startGateway() throws LaunchException, InterruptedException {
        startGateway(fleet.url());
    }

    /** @param controlPlane what it takes its assignments from */
    public void startGateway(URI controlPlane) throws LaunchException, InterruptedException {
        beginGateway(controlPlane);
        gateway().awaitSubscribed();
    }

    /** Does not wait for it. */
    public void beginGateway() throws LaunchException {
        beginGateway(fleet.url());
    }

    private void beginGateway(URI controlPlane) throws LaunchException {
        gateway = service(
                new Service.Program(ServiceKind.GATEWAY, "gateway", work.gatewayOptions()),
                Map.of(
                        "plumbline.gateway.id", "gw-bench",
                        "plumbline.gateway.site", SITE,
                        "plumbline.gateway.data-dir", at("gateway"),
                        "plumbline.gateway.mqtt-url", mqttUrl(),
                        "plumbline.gateway.registry-url", registry.url().toString(),
                        "plumbline.gateway.fleet-url", controlPlane.toString(),
                        "plumbline.gateway.trust-root", at("trust.json")));
    }

    /** The caller stops it. */
    public Service startProcessor(Path state, List<String> jvmOptions, Map<String, String> settings)
            throws LaunchException {
        var properties = new HashMap<>(settings);
        properties.put("plumbline.processor.state-dir", state.toString());
        properties.put("plumbline.processor.registry-url", registry.url().toString());
        return service(new Service.Program(ServiceKind.PROCESSOR, "processor", jvmOptions), properties);
    }

    /** As a power cut would. */
    public void killGateway() throws InterruptedException {
        gateway().process().kill();
    }

    /** Kafka, and the embedded MQTT broker, which is in the same process. */
    public void stopKafka() {
        brokers.process().stop(PATIENCE);
    }

    /** Over the same data. */
    public void startKafka() throws LaunchException, InterruptedException {
        brokers = Brokers.start(installation, folder, brokers.ports());
    }

    /** Mosquitto where it is in use; else both brokers. */
    public void stopMqtt() throws InterruptedException {
        if (mosquitto.isPresent()) {
            mosquitto.get().stop();
        } else {
            stopKafka();
        }
    }

    /** Over the same data. */
    public void startMqtt() throws LaunchException, InterruptedException, IOException {
        if (mosquitto.isPresent()) {
            mosquitto.get().begin();
        } else {
            startKafka();
        }
    }

    public void stopGateway() {
        if (gateway != null) {
            lastRssMb =
                    (ResidentMemory.bytes(List.of(gateway.process())) - ResidentMemory.bytes(List.of())) / 1048576.0;
            gateway.process().stop(PATIENCE);
        }
    }

    public long gatewayPid() {
        return gateway().process().pid();
    }

    public Service gateway() {
        if (gateway == null) {
            throw new IllegalStateException("there is no gateway: this is a bug");
        }
        return gateway;
    }

    /** Resident memory of the gateway when it was last stopped. */
    double gatewayRssMb() {
        return lastRssMb;
    }

    /** Begins to publish; {@link #awaitSent} must follow. */
    void load(String site, long messages) throws IOException {
        if (load == null) {
            var arguments = new ArrayList<>(List.of(
                    mqttUrl(), "saturating", String.valueOf(shape.connections()), String.valueOf(shape.onTheWay())));
            arguments.addAll(work.loadArguments());
            load = Child.start(Child.FLAGS, work.load(), log(), arguments.toArray(String[]::new));
        }
        load.say(site + " " + messages);
    }

    void awaitSent() throws IOException {
        if (load != null) {
            load.expect("SENT");
        }
    }

    public void createTopic(String name) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka()))) {
            admin.createTopics(List.of(new NewTopic(name, 4, (short) 1))).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** From now on the broker says when it appended a record. */
    void stampAppends(String topic) throws InterruptedException, ExecutionException {
        var stamped = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"), AlterConfigOp.OpType.SET);
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka()))) {
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(stamped)))
                    .all()
                    .get();
        }
    }

    public String kafka() {
        return brokers.ports().bootstrapServers();
    }

    public String mqttUrl() {
        return mosquitto.map(Mosquitto::url).orElse(brokers.ports().mqttUrl());
    }

    /** A second load, in this process. */
    public Load connectLoad(String name) throws MqttException {
        return Load.connect(mqttUrl(), name, shape);
    }

    /** What carries MQTT here. */
    public String mqttBroker() {
        return mosquitto.isPresent() ? "Mosquitto" : "the embedded broker";
    }

    Path modelFile() {
        return folder.resolve("model.onnx");
    }

    Path cardFile() {
        return folder.resolve("model.yaml");
    }

    public Path log() {
        return folder.resolve("children.log");
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    public URI registryUrl() {
        return registry.url();
    }

    @Override
    public void close() {
        if (load != null) {
            load.close();
        }
        stopGateway();
        fleet.process().stop(PATIENCE);
        registry.process().stop(PATIENCE);
        brokers.process().stop(PATIENCE);
        mosquitto.ifPresent(Mosquitto::close);
    }
}
