package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server with just enough of the OCI distribution API. */
class SignaturesTest {

    private static final String REPOSITORY = "/v2/" + MediaTypes.repository(new ModelName("m"));
    private static final byte[] MANIFEST = ("{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:" + "0".repeat(64)
                    + "\",\"size\":2},\"layers\":[]}")
            .getBytes(StandardCharsets.UTF_8);
    private static final String BUILD = Digest.of(MANIFEST).value();

    private final MemoryRegistry content = new MemoryRegistry();
    private final KeyPair registry = SignedBuild.newKey();
    private final KeyPair own = SignedBuild.newKey();
    private LocalServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        content.contents.put(REPOSITORY + "/manifests/" + BUILD, MANIFEST);
        content.contents.put("/api/v1/trust", SignedBuild.trust(registry).toJson());
        server = new LocalServer(content);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSignatureIsFoundAgainAndTrustedByWhoTrustsItsKey() throws Exception {
        // When
        var signed = Tool.run("model", "sign", "m", BUILD, "--key", pem(own), "--registry", server.url());

        // Then
        var id = TrustedKey.of(own.getPublic()).id();
        assertThat(signed.err()).isEmpty();
        assertThat(signed.out().lines())
                .containsExactly(
                        "signed " + BUILD + " with key " + id,
                        "for gateways to trust it, put this into their trust root: \""
                                + TrustedKey.of(own.getPublic()).key() + "\"");
        var verified = verify("--trust", file(SignedBuild.trust(registry, own)));
        assertThat(verified.exit()).isZero();
        assertThat(verified.out().lines()).containsExactly(BUILD, "  signed by trusted key " + id);
    }

    @Test
    void whatNoTrustedKeySignedFails() throws Exception {
        assertThat(verify().err()).contains("no trusted key signed " + BUILD + "; it has 0 signatures by other keys");
        Tool.run("model", "sign", "m", BUILD, "--key", pem(own), "--registry", server.url());
        assertThat(verify().exit()).isEqualTo(1);
        assertThat(verify("--json").json().at("/trusted").asBoolean()).isFalse();
        var over = new TrustedKey(TrustedKey.of(own.getPublic()).key(), Optional.of(Instant.EPOCH));
        assertThat(verify("--trust", file(new TrustedKeys(List.of(over)))).exit())
                .isEqualTo(1);
    }

    @Test
    void aSignatureThatCannotBeReadDoesNotHideTheOthers() throws Exception {
        // Given
        referrer("{\"layers\": []}");
        referrer("{\"config\": {}, \"layers\": []}");
        referrer("""
                {"config": {"digest": "%1$s", "size": 2}, "layers": [{"mediaType": "%2$s", "digest": "%1$s", "size": 2}]}""".formatted(Digest.of(new byte[] {'{', '}'}), MediaTypes.SIGNATURE));
        referrer("""
                {"config": {"digest": "%1$s", "size": 2}, "layers": [{"mediaType": "%2$s", "digest": "%1$s", "size": 65537}]}""".formatted(BUILD, MediaTypes.SIGNATURE));
        assertThat(verify().err()).contains("it has 0 signatures by other keys, and 4 that cannot be read");

        // When
        Tool.run("model", "sign", "m", BUILD, "--key", pem(own), "--registry", server.url());
        var verified = verify("--trust", file(SignedBuild.trust(own)));

        // Then
        assertThat(verified.err()).isEmpty();
        assertThat(verified.out().lines())
                .containsExactly(
                        BUILD,
                        "  signed by trusted key "
                                + TrustedKey.of(own.getPublic()).id(),
                        "  4 that cannot be read");
        assertThat(content.asked).noneMatch(one -> one.equals("GET " + REPOSITORY + "/blobs/" + BUILD));
    }

    @Test
    void signaturesOfLaterPagesAreFound() throws Exception {
        // Given
        content.pageSize = 1;
        var keys = List.of(SignedBuild.newKey(), SignedBuild.newKey(), own);
        for (var key : keys) {
            Tool.run("model", "sign", "m", BUILD, "--key", pem(key), "--registry", server.url());
        }

        // When
        var verified = verify("--trust", file(SignedBuild.trust(keys.toArray(KeyPair[]::new))), "--json");

        // Then
        assertThat(verified.json().path("signatures").findValuesAsText("key"))
                .containsExactlyInAnyOrderElementsOf(keys.stream()
                        .map(key -> TrustedKey.of(key.getPublic()).id())
                        .toList());
    }

    private void referrer(String manifest) {
        var bytes = manifest.replaceFirst(
                        "\\{",
                        "{\"artifactType\": \"" + MediaTypes.SIGNATURE + "\", \"subject\": {\"digest\": \"" + BUILD
                                + "\"}, ")
                .getBytes(StandardCharsets.UTF_8);
        content.contents.put(REPOSITORY + "/manifests/" + Digest.of(bytes), bytes);
    }

    @Test
    void aFileThatIsNoKeyIsNamedWithTheRule() throws Exception {
        var file = Files.writeString(folder.resolve("no.pem"), "hello").toString();
        assertThat(Tool.run("model", "sign", "m", BUILD, "--key", file, "--registry", server.url())
                        .err())
                .contains("key " + file + " must be an Ed25519 private key, PKCS#8 in PEM");
        assertThat(verify("--trust", file).err()).contains("trust root " + file + " must be a JSON list");
    }

    private Tool.Said verify(String... more) {
        var words = new ArrayList<Object>(List.of("model", "verify", "m", BUILD, "--registry", server.url()));
        words.addAll(List.of(more));
        return Tool.run(words.toArray());
    }

    private String pem(KeyPair pair) throws IOException {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
        var text = "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        return Files.writeString(folder.resolve("key.pem"), text).toString();
    }

    private String file(TrustedKeys keys) throws IOException {
        return Files.write(folder.resolve("trust.json"), keys.toJson()).toString();
    }
}
