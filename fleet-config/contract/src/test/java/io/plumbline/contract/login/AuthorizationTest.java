package io.plumbline.contract.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizationTest {

    private static final URI REGISTRY = URI.create("https://registry.example:5000/");
    private static final Map<String, String> ADA =
            Map.of("PLUMBLINE_OCI_USER", "ada", "PLUMBLINE_OCI_PASSWORD", "s3cret");

    @TempDir
    Path home;

    @Test
    void theEnvironmentComesBeforeTheFile() throws Exception {
        config("{\"auths\":{\"registry.example:5000\":{\"auth\":\"Ym9iOng=\"}}}");
        assertThat(Logins.of(Map.of(), home).of(REGISTRY)).contains(new Credentials("bob", "x"));
        assertThat(Logins.of(ADA, home).of(REGISTRY)).contains(new Credentials("ada", "s3cret"));
        assertThat(Logins.of(Map.of(), home).of(URI.create("https://other.example/")))
                .isEmpty();
        assertThat(Logins.of(Map.of(), home.resolve("nobody")).of(REGISTRY)).isEmpty();
        assertThat(new Credentials("ada", "s3cret")).hasToString("ada:***");
    }

    @Test
    void whatIsNoLoginIsSaidWithTheWayOut() throws IOException {
        refused(Map.of("PLUMBLINE_OCI_USER", "ada"), "only one is set: set both, or none");
        config("{\"auths\":{\"registry.example:5000\":{}},\"credsStore\":\"desktop\"}");
        refused(Map.of(), "keeps the password for registry.example:5000 elsewhere, with 'desktop', which is not asked");
        config("{\"auths\":{\"registry.example:5000\":{\"auth\":\"***\"}}}");
        refused(Map.of(), "auth of registry.example:5000 is not base64");
        config("{\"auths\":{\"registry.example:5000\":{\"auth\":\"YWRh\"}}}");
        refused(Map.of(), "must be a name, ':' and a password");
        config("{");
        refused(Map.of(), "config.json cannot be read");
    }

    @Test
    void aPasswordIsNotSentInTheClearToAnotherMachine() throws Exception {
        var here = Authorization.of(URI.create("http://127.0.0.1:5000/"), ADA, home);
        here.meet("Basic realm=\"x\"");
        assertThat(here.header()).contains("Basic YWRhOnMzY3JldA==");
        for (var url : new String[] {"http://registry.example/", "http://127.evil.example/"}) {
            var there = Authorization.of(URI.create(url), ADA, home);
            assertThatThrownBy(() -> there.meet("Basic realm=\"x\"")).hasMessageContaining("a password is not sent to");
            assertThat(there.header()).isEmpty();
        }
        var tokens = Authorization.of(REGISTRY, ADA, home);
        assertThatThrownBy(() -> tokens.meet("Bearer realm=\"http://tokens.example/\",service=\"x\""))
                .hasMessageContaining("a password is not sent to http://tokens.example");
    }

    /** Anybody on the way could have answered in the registry's name. */
    @Test
    void aTokenServerThatWasNamedOnAnOpenLineGetsNoPassword() {
        var there = Authorization.of(URI.create("http://registry.example/"), ADA, home);
        assertThatThrownBy(() -> there.meet("Bearer realm=\"https://evil.example/\",service=\"x\""))
                .hasMessageContaining("a password is not sent to http://registry.example");
    }

    @Test
    void aChallengeIsRead() {
        var challenge =
                Challenge.parse("Bearer realm=\"https://t/x\",service=reg , scope=\"repository:a/b:pull,push\"");
        assertThat(challenge.scheme()).isEqualTo("bearer");
        assertThat(challenge.parameters())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("realm", "https://t/x", "service", "reg", "scope", "repository:a/b:pull,push"));
        var unknown = Authorization.of(REGISTRY, ADA, home);
        assertThatThrownBy(() -> unknown.meet("Negotiate")).hasMessageContaining("asks for 'negotiate', and only");
        assertThatThrownBy(() -> unknown.meet("Bearer realm=\"not a url\""))
                .hasMessageContaining("which is no address");
    }

    private void refused(Map<String, String> environment, String because) {
        assertThatThrownBy(() -> Logins.of(environment, home).of(REGISTRY)).hasMessageContaining(because);
    }

    private void config(String json) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve(".docker")).resolve("config.json"), json);
    }
}
