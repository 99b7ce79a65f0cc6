package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and tokens that nobody types. */
class ProfilesTest {

    private static final String FILE = "plumbline.profiles";

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private LocalServer server;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer(this::answer);
        file = folder.resolve("profiles.yaml");
        System.setProperty(FILE, file.toString());
    }

    @AfterEach
    void stop() {
        System.clearProperty(FILE);
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
        var said = Tool.run("get", "versions");
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
        var said = Tool.run("export", "--profile", "live");
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(asked).containsExactly("/api/v1/fleet null");
    }

    @Test
    void anAddressOnTheCommandLineDoesNotGetTheTokenOfAnother() throws IOException {
        // Given
        Files.writeString(
                file, "usual: lab\nprofiles:\n  lab: {fleet: \"http://127.0.0.1:1\", token: {file: /nowhere}}\n");
        // When
        var said = Tool.run("export", "--fleet", server.url());
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(asked).containsExactly("/api/v1/fleet null");
    }

    @Test
    void aTokenThatNoHeaderTakesIsRefusedWithoutBeingShown() throws IOException {
        var token = folder.resolve("token");
        Files.writeString(
                file, "usual: a\nprofiles:\n  a: {fleet: \"" + server.url() + "\", token: {file: " + token + "}}\n");
        for (var wrong : new String[] {"s3cret\ns3cret", "s3cret s3cret", "s3crét", "", "\n"}) {
            Files.writeString(token, wrong);
            assertThat(Tool.run("export").err())
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
        assertThat(Tool.run("export").err())
                .contains("a token is not sent to http://fleet.example:8083, where everybody on the way could read it");
    }

    @Test
    void saysInOneLineWhatIsWrongWithAProfile() throws IOException {
        // Given
        Files.writeString(file, "profiles:\n  lab: {token: {file: /nowhere}}\n  odd: {flet: a}\n");
        // Then
        assertThat(Tool.run("export", "--profile", "lab").err()).contains(file + ":3:", "flet");
        Files.writeString(file, "profiles:\n  lab: {token: {file: /nowhere}}\n");
        assertThat(Tool.run("export", "--profile", "live").err())
                .isEqualToIgnoringNewLines("plumbline export: " + file + " has no profile 'live'; it has [lab]");
        assertThat(Tool.run("export", "--profile", "lab").err())
                .isEqualToIgnoringNewLines("plumbline export: the token's file /nowhere cannot be read");
        assertThat(Tool.run("recalibrations", "--profile", "live").err()).contains("has no profile 'live'");
    }

    @Test
    void completesCommandsAndWhatThereIsToList() {
        // When
        var said = Tool.run("completion", "bash");
        // Then
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("complete -F", "recalibrations", "gateways");
        assertThat(Tool.run("completion", "fish").err()).contains("'fish' must be bash or zsh");
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        var body = "[]".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
