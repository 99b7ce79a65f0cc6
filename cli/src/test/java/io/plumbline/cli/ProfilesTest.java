package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and tokens that nobody types. */
class ProfilesTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private LocalServer server;
    private Path file;
    private Optional<String> challenge = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer(this::answer);
        file = Files.createDirectories(folder.resolve("plumbline")).resolve("profiles.yaml");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theUsualProfileSaysWhereTheControlPlaneIsAndWhatOpensIt() throws IOException {
        // Given
        var token = Files.writeString(folder.resolve("token"), "s3cret\n");
        Files.writeString(
                file,
                "usual: lab\nprofiles:\n  lab: {fleet: \"" + server.url() + "\", token: {file: " + token + "}}\n");
        // When
        var said = run("get", "versions");
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(asked).containsExactly("/api/v1/fleet/versions Bearer s3cret");
    }

    @Test
    void aProfileIsChosenByName() throws IOException {
        // Given
        Files.writeString(
                file,
                "usual: lab\nprofiles:\n  lab: {fleet: \"http://127.0.0.1:1\"}\n  live: {fleet: \"" + server.url()
                        + "\"}\n");
        // When
        var said = run("export", "--profile", "live");
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(asked).containsExactly("/api/v1/fleet null");
    }

    @Test
    void whatIsReadFromKafkaComesFromTheKafkaOfTheProfileAndOfNoOther() throws IOException {
        // Given
        Files.writeString(
                file,
                "usual: lab\nprofiles:\n  lab: {fleet: \"http://127.0.0.1:1\"}\n  live: {kafka: \"nowhere.invalid:9\"}\n");
        var labels = Files.writeString(folder.resolve("labels.csv"), "event,label\nd1/s/1767225600000-0,a\n");
        // Then: the usual one has none, and this machine's is not taken in its place
        var usual = run("label", labels.toString());
        assertThat(usual.exit()).isEqualTo(1);
        assertThat(usual.err()).contains("the profile names no kafka: write kafka: HOST:PORT");
        // Then
        var live = run("label", labels.toString(), "--profile", "live");
        assertThat(live.exit()).isEqualTo(1);
        assertThat(live.err()).contains("nowhere.invalid:9");
    }

    @Test
    void anAddressOnTheCommandLineDoesNotGetTheTokenOfAnother() throws IOException {
        // Given
        Files.writeString(
                file, "usual: lab\nprofiles:\n  lab: {fleet: \"http://127.0.0.1:1\", token: {file: /nowhere}}\n");
        // When
        var said = run("export", "--fleet", server.url());
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(asked).containsExactly("/api/v1/fleet null");
    }

    @Test
    void theTokenOfTheUsualProfileDoesNotGoToTheServerOfTheEnvironment() throws IOException {
        Files.writeString(
                file, "usual: lab\nprofiles:\n  lab: {fleet: \"http://127.0.0.1:1\", token: {file: /nowhere}}\n");
        var here = with(Map.of("PLUMBLINE_FLEET", server.url()));
        assertThat(here.call("export").err()).isEmpty();
        assertThat(asked).containsExactly("/api/v1/fleet null");
    }

    @Test
    void theTokenOfTheEnvironmentDoesNotGoToTheServerOfAProfile() throws IOException {
        Files.writeString(file, "profiles:\n  lab: {fleet: \"" + server.url() + "\"}\n");
        var live = Map.of("PLUMBLINE_FLEET", "https://live.example", "PLUMBLINE_TOKEN", "live");
        assertThat(with(live).call("export", "--profile", "lab").err()).isEmpty();
        assertThat(with(live).call("export", "--fleet", server.url()).err()).isEmpty();
        var token = Map.of("PLUMBLINE_TOKEN", "live", "PLUMBLINE_PROFILE", "lab");
        assertThat(with(token).call("export").err()).isEmpty();
        assertThat(asked).containsOnly("/api/v1/fleet null").hasSize(3);
    }

    @Test
    void theTokenOfTheEnvironmentGoesToItsServerAndToTheOneThatIsTyped() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "own\n").toString();
        with(Map.of("PLUMBLINE_FLEET", server.url(), "PLUMBLINE_TOKEN", "own")).call("export");
        with(Map.of("PLUMBLINE_TOKEN_FILE", file)).call("export", "--fleet", server.url());
        with(Map.of("PLUMBLINE_FLEET", server.url(), "PLUMBLINE_TOKEN", "own")).call("export", "--fleet", server.url());
        assertThat(asked).containsOnly("/api/v1/fleet Bearer own").hasSize(3);
        assertThat(with(Map.of("PLUMBLINE_TOKEN", "own", "PLUMBLINE_TOKEN_FILE", file))
                        .call("export")
                        .err())
                .contains("PLUMBLINE_TOKEN and PLUMBLINE_TOKEN_FILE are both set");
    }

    @Test
    void aTokenThatNoHeaderTakesIsRefusedWithoutBeingShown() throws IOException {
        var token = folder.resolve("token");
        Files.writeString(
                file, "usual: a\nprofiles:\n  a: {fleet: \"" + server.url() + "\", token: {file: " + token + "}}\n");
        for (var wrong : new String[] {"s3cret\ns3cret", "s3cret s3cret", "s3crét", "", "\n"}) {
            Files.writeString(token, wrong);
            assertThat(run("export").err())
                    .contains("the token in the file " + token + " must be one word of visible ASCII characters")
                    .doesNotContain("s3cr");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aTokenIsNotSentInTheClearToAnotherMachine() throws IOException {
        var token = Files.writeString(folder.resolve("token"), "s3cret");
        Files.writeString(
                file,
                "usual: a\nprofiles:\n  a: {fleet: \"http://fleet.example:8083\", token: {file: " + token + "}}\n");
        assertThat(run("export").err())
                .contains("a token is not sent to http://fleet.example:8083, where everybody on the way could read it");
    }

    @Test
    void aRegistryIsShownTheTokenOnceItAsksForOne() throws IOException {
        // Given
        var token = Files.writeString(folder.resolve("token"), "s3cret\n");
        Files.writeString(
                file,
                "usual: lab\nprofiles:\n  lab: {registry: \"" + server.url() + "\", token: {file: " + token + "}}\n");
        var forget = "/api/v1/lineage/gateways/gw-1";

        // When
        var read = run("model", "list");
        challenge = Optional.of("Basic realm=\"r\"");
        var said = run("model", "forget", "gw-1");

        // Then
        assertThat(read.err()).isEmpty();
        assertThat(said.err()).isEmpty();
        assertThat(asked)
                .containsExactly("/api/v1/models null", forget + " null", forget + " Basic b3BlcmF0b3I6czNjcmV0");
        assertThat(run("model", "forget", "gw-1", "--registry", server.url()).err())
                .contains("401");
        assertThat(asked.get(asked.size() - 1)).isEqualTo(forget + " null");
    }

    @Test
    void aTokenThatARegistryAsksForAndIsNotThereIsNamed() throws IOException {
        // Given
        Files.writeString(
                file, "usual: lab\nprofiles:\n  lab: {registry: \"" + server.url() + "\", token: {file: /nowhere}}\n");
        challenge = Optional.of("Basic realm=\"r\"");

        // Then
        assertThat(run("model", "forget", "gw-1").err())
                .isEqualToIgnoringNewLines("plumbline model forget: the token's file /nowhere cannot be read");
    }

    @Test
    void saysInOneLineWhatIsWrongWithAProfile() throws IOException {
        // Given
        Files.writeString(file, "profiles:\n  lab: {token: {file: /nowhere}}\n  odd: {flet: a}\n");
        // Then
        assertThat(run("export", "--profile", "lab").err()).contains(file + ":3:", "flet");
        Files.writeString(file, "profiles:\n  lab: {token: {file: /nowhere}}\n");
        assertThat(run("export", "--profile", "live").err())
                .isEqualToIgnoringNewLines("plumbline export: " + file + " has no profile 'live'; it has [lab]");
        assertThat(run("export", "--profile", "lab").err())
                .isEqualToIgnoringNewLines("plumbline export: the token's file /nowhere cannot be read");
        assertThat(run("recalibrations", "--profile", "live").err()).contains("has no profile 'live'");
    }

    @Test
    void completesCommandsAndWhatThereIsToList() {
        // When
        var said = run("completion", "bash");
        // Then
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("complete -F", "recalibrations", "gateways");
        assertThat(run("completion", "fish").err()).contains("'fish' must be bash or zsh");
    }

    private Tool.Said run(Object... words) {
        return with(Map.of()).call(words);
    }

    private Tool with(Map<String, String> variables) {
        var all = new HashMap<>(variables);
        all.put("XDG_CONFIG_HOME", folder.toString());
        return Tool.in(all, Path.of("/nonexistent"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var shown = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
        asked.add(exchange.getRequestURI() + " " + shown.orElse(null));
        if (challenge.isPresent() && shown.isEmpty()) {
            exchange.getResponseHeaders().add("WWW-Authenticate", challenge.get());
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        var body = "[]".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
