package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.FreePorts;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.contract.Topics;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.Npy;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelBytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models go into the packaged registry and out of it as they are, and a gateway follows it through a change of its key. */
class ModelKeysIT {

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root"));
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final ModelName MODEL = new ModelName("climate-event");
    private static final GatewayId GATEWAY = new GatewayId("gw-north");
    private static final SiteId NORTH = new SiteId("north");

    @TempDir
    private Path folder = Path.of("");

    private final Installation installation = new Installation(ROOT);
    private final List<Service> services = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<Brokers> brokers = Optional.empty();
    private Optional<Service> registry = Optional.empty();
    private int port;

    @BeforeEach
    void begin() throws Exception {
        brokers = Optional.of(Brokers.start(installation, folder));
        port = FreePorts.take(1).get(0);
        startRegistry("signing-key.json");
    }

    @AfterEach
    void end() {
        services.forEach(service -> service.process().stop(STOP));
        registry.ifPresent(service -> service.process().stop(STOP));
        brokers.ifPresent(one -> one.process().stop(STOP));
    }

    @Test
    void whatIsPushedIsListedShownAndPulledAsItWas() throws Exception {
        // Given
        var model = Files.createDirectories(folder.resolve("mine"));
        Files.write(model.resolve("model.onnx"), ClimateReadings.resource("climate_event_fp32.onnx"));
        Files.write(model.resolve("model.yaml"), card("static-minmax").get());
        Files.write(model.resolve("calibration.npy"), samples());
        Files.write(folder.resolve("trust.json"), trust());

        // When
        var pushed = command("model", "push", model.toString(), "--tag", "v1", "--wait", "--json");
        var version = pushed.get("manifest").asText();
        var listed = command("model", "list", "--json");
        var shown = command("model", "show", MODEL.value(), "--json").get("view");
        var build = shown.at("/versions/0/builds/0/manifest").asText();
        var whole = folder.resolve("version");
        var trusted = folder.resolve("build");
        command("model", "pull", MODEL.value(), "v1", "-o", whole.toString(), "--json");
        var pulled = command(
                "model",
                "pull",
                MODEL.value(),
                build,
                "-o",
                trusted.toString(),
                "--trust",
                folder.resolve("trust.json").toString(),
                "--json");

        // Then
        assertThat(listed.toString()).contains("\"" + MODEL + "\"");
        assertThat(shown.at("/versions/0/manifest").asText()).isEqualTo(version);
        assertThat(Digest.of(Files.readAllBytes(whole.resolve("manifest.json"))))
                .hasToString(version);
        for (var file : List.of("model.onnx", "model.yaml", "calibration.npy")) {
            assertThat(whole.resolve(file)).hasSameBinaryContentAs(model.resolve(file));
        }
        assertThat(pulled.get("manifest").asText()).isEqualTo(build);
        assertThat(pulled.get("signer").asText()).isNotEmpty();
        assertThat(Digest.of(Files.readAllBytes(trusted.resolve("manifest.json"))))
                .hasToString(build);
        assertThat(command("model", "push", whole.toString(), "--json")
                        .get("manifest")
                        .asText())
                .isEqualTo(version);
    }

    @Test
    void aGatewayRefusesNothingWhileTheRegistryChangesItsKeyAndThenWhatAnUnknownKeySigned() throws Exception {
        // Given: a gateway that knows the first key alone
        var events = new CopyOnWriteArrayList<GatewayEvent>();
        try (var fleet = new ToldFleet(GATEWAY, NORTH, MODEL);
                var reader = TopicReader.fromNow(
                        kafka(),
                        List.of(Topics.GATEWAY_EVENTS),
                        record -> events.add(Json.decode(record.value(), GatewayEvent.class)))) {
            Files.write(folder.resolve("trust.json"), trust());
            var first = built("static-minmax");
            fleet.tell(first);
            startGateway(fleet.url());
            awaitActivated(events, first);

            // When: the registry signs by two keys, and the gateway has not heard of the second
            startRegistry("new.json,signing-key.json@" + Instant.now().plus(Duration.ofHours(1)));
            var second = built("static-minmax-margin");
            fleet.tell(second);
            awaitActivated(events, second);

            // When: the gateway is told of both, then the first key is gone from the registry, and from the gateway
            Files.write(folder.resolve("trust.json"), trust());
            startRegistry("new.json");
            var third = built("static-percentile");
            fleet.tell(third);
            awaitActivated(events, third);
            Files.write(folder.resolve("trust.json"), trust());
            fleet.tell(first);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(activated(events)).endsWith(third, first));

            // Then
            assertThat(events).noneMatch(GatewayEvent.BuildRefused.class::isInstance);

            // When: a key that nobody told the gateway of
            startRegistry("stranger.json");
            var strange = built("dynamic");
            fleet.tell(strange);

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events)
                            .filteredOn(GatewayEvent.BuildRefused.class::isInstance)
                            .map(GatewayEvent.BuildRefused.class::cast)
                            .anySatisfy(refused -> {
                                assertThat(refused.build()).isEqualTo(strange);
                                assertThat(refused.because()).startsWith("no key of the trust root signed " + strange);
                            }));
            assertThat(activated(events)).doesNotContain(strange);
            assertThat(reader).isNotNull();
        }
    }

    private static void awaitActivated(List<GatewayEvent> events, Digest build) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(activated(events)).contains(build));
    }

    /** In the order in which they began to answer. */
    private static List<Digest> activated(List<GatewayEvent> events) {
        return events.stream()
                .filter(GatewayEvent.BuildActivated.class::isInstance)
                .map(event -> ((GatewayEvent.BuildActivated) event).build())
                .toList();
    }

    /** The build of one recipe: a version of the same model is not built twice with the same one. */
    private Digest built(String recipe) throws Exception {
        var client = new RegistryClient(url());
        var card = card(recipe);
        var version = client.push(
                new RegistryClient.NewVersion(
                        ModelCard.parse(card.get()),
                        card,
                        ModelBytes.of(ClimateReadings.resource("climate_event_fp32.onnx")),
                        new RegistryClient.Samples(Optional.of(ModelBytes.of(samples())), Optional.empty())),
                recipe);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(version(client, version).state()).isEqualTo("READY"));
        return version(client, version).builds().stream()
                .filter(build -> build.card().recipe().equals(recipe))
                .findFirst()
                .orElseThrow()
                .manifest();
    }

    private static ModelView.Version version(RegistryClient client, Digest manifest) throws Exception {
        return client.view(MODEL).versions().stream()
                .filter(one -> one.manifest().equals(manifest))
                .findFirst()
                .orElseThrow();
    }

    private static ModelBytes card(String recipe) {
        var yaml = new String(ClimateReadings.resource("model.yaml"), StandardCharsets.UTF_8);
        return ModelBytes.of(yaml.replace("recipes: [dynamic, static-minmax]", "recipes: [" + recipe + "]")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] samples() throws IOException {
        return Npy.write(Stretch.indoorSamples(ClimateReadings.bundled(), 128));
    }

    private void startRegistry(String keys) throws Exception {
        registry.ifPresent(service -> service.process().stop(STOP));
        var service = Service.start(
                installation,
                Service.Program.of(ServiceKind.REGISTRY, "registry"),
                folder.resolve("logs"),
                Map.of(
                        "quarkus.http.port", String.valueOf(port),
                        "kafka.bootstrap.servers", kafka(),
                        "plumbline.registry.data-dir",
                                folder.resolve("registry").toString(),
                        "plumbline.registry.signing-keys", keys));
        registry = Optional.of(service);
        service.awaitReady();
    }

    private void startGateway(URI fleet) throws Exception {
        var properties = new HashMap<String, String>();
        properties.put("kafka.bootstrap.servers", kafka());
        properties.put("plumbline.gateway.id", GATEWAY.value());
        properties.put("plumbline.gateway.site", NORTH.value());
        properties.put("plumbline.gateway.data-dir", folder.resolve("gateway").toString());
        properties.put(
                "plumbline.gateway.mqtt-url", brokers.orElseThrow().ports().mqttUrl());
        properties.put("plumbline.gateway.registry-url", url().toString());
        properties.put("plumbline.gateway.fleet-url", fleet.toString());
        properties.put(
                "plumbline.gateway.trust-root", folder.resolve("trust.json").toString());
        var program = Service.Program.of(ServiceKind.GATEWAY, "gateway");
        var service = Service.start(installation, program, folder.resolve("logs"), properties);
        services.add(service);
        service.awaitSubscribed();
    }

    private byte[] trust() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url().resolve("/api/v1/trust")).build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    private URI url() {
        return registry.orElseThrow().url();
    }

    private String kafka() {
        return brokers.orElseThrow().ports().bootstrapServers();
    }

    /** The packaged command line on this registry; what it printed. */
    private JsonNode command(String... words) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dplumbline.root=" + ROOT,
                "-cp",
                installation.agent() + ":" + ROOT.resolve("cli/target/lib/*"),
                "io.plumbline.cli.Main"));
        command.addAll(List.of(words));
        command.addAll(List.of("--registry", url().toString()));
        var out = Files.createTempFile(folder, "command", ".out");
        var err = Files.createTempFile(folder, "command", ".err");
        var process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Json.mapper().readTree(Files.readString(out));
    }
}
