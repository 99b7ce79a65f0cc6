package io.plumbline.registry.adapter.http;

import static io.plumbline.registry.adapter.http.OciClient.error;
import static io.plumbline.registry.adapter.http.OciClient.header;
import static io.plumbline.registry.adapter.http.OciClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's skopeo as a client. */
@QuarkusTest
@TestProfile(WithoutKafka.class)
class SkopeoTest {

    @TestHTTPResource("/")
    URI base;

    private Skopeo skopeo;

    private Path folder;

    private OciClient client;

    @BeforeEach
    void connect(@TempDir Path temporary) {
        folder = temporary;
        skopeo = Skopeo.in(folder);
        client = new OciClient(base);
    }

    @Test
    void aModelGoesOutIntoAnImageLayoutAndComesBackUnderAnotherName() throws Exception {
        // Given
        var manifest = client.manifest("lab/out", "a model of skopeo's own");
        var digest = client.put("lab/out", "v1", manifest);

        // When
        skopeo("copy", "--src-tls-verify=false", "docker://" + at("lab/out:v1"), layout("model:v1"));
        client.delete("/v2/lab/out/manifests/" + digest);
        for (var blob : List.of(manifest.path("config"), manifest.path("layers").get(0))) {
            // another test may have a manifest with the same empty config
            client.delete("/v2/lab/out/blobs/" + blob.path("digest").asText());
        }
        skopeo("copy", "--dest-tls-verify=false", layout("model:v1"), "docker://" + at("lab/back:v2"));

        // Then
        var back = client.get("/v2/lab/back/manifests/v2");
        assertThat(header(back, "Docker-Content-Digest")).isEqualTo(digest.value());
        assertThat(back.body()).isEqualTo(Json.encode(manifest));
        var layer = manifest.path("layers").get(0).path("digest").asText();
        assertThat(OciClient.text(client.get("/v2/lab/back/blobs/" + layer))).isEqualTo("a model of skopeo's own");
    }

    @Test
    void aSignatureIsCopiedByItsDigestAndRefersToTheCopyThen() throws Exception {
        // Given
        var signed = client.put("lab/signed", "v1", client.manifest("lab/signed", "signed model"));
        var signature = client.manifest("lab/signed", "signature of the signed model");
        signature.put("artifactType", MediaTypes.SIGNATURE);
        var envelope = Json.encode(new DsseEnvelope("text/plain", "", List.of()));
        signature.putArray("layers").add(client.push("lab/signed", MediaTypes.SIGNATURE, envelope, "signature.json"));
        signature
                .putObject("subject")
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("digest", signed.value())
                .put("size", 1);
        var reference = Digest.of(Json.encode(signature));
        client.put("lab/signed", reference.value(), signature);

        // When
        skopeo("copy", "--src-tls-verify=false", "docker://" + at("lab/signed:v1"), layout("model"));
        skopeo("copy", "--src-tls-verify=false", "docker://" + at("lab/signed@" + reference), layout("signature"));
        skopeo("copy", "--dest-tls-verify=false", layout("model"), "docker://" + at("lab/copied:v1"));
        skopeo("copy", "--dest-tls-verify=false", layout("signature"), "docker://" + at("lab/copied:signature"));

        // Then
        var referrers = json(client.get("/v2/lab/copied/referrers/" + signed)).path("manifests");
        assertThat(referrers).hasSize(1);
        assertThat(referrers.get(0).path("digest").asText()).isEqualTo(reference.value());
    }

    @Test
    void tagsAreListedAndAManifestIsInspectedAndDeleted() throws Exception {
        // Given
        var manifest = client.manifest("lab/listed", "listed");
        client.put("lab/listed", "v1", manifest);
        client.put("lab/listed", "v2", manifest);
        var digest = Digest.of(Json.encode(manifest));

        // Then
        assertThat(skopeo("list-tags", "--tls-verify=false", "docker://" + at("lab/listed")))
                .contains("\"v1\"", "\"v2\"");
        assertThat(skopeo("inspect", "--raw", "--tls-verify=false", "docker://" + at("lab/listed:v1")))
                .isEqualTo(manifest.toString());

        // When
        skopeo("delete", "--tls-verify=false", "docker://" + at("lab/listed:v1"));

        // Then
        assertThat(error(client.get("/v2/lab/listed/manifests/" + digest))).isEqualTo("MANIFEST_UNKNOWN");
    }

    @Test
    void aBackupIsAnArchiveThatSkopeoReads() throws Exception {
        // Given
        var manifest = client.manifest("lab/kept", "kept");
        var digest = client.put("lab/kept", "v1", manifest);
        var archive = Files.write(
                folder.resolve("backup.tar"), client.get("/api/v1/backup").body());

        // When
        skopeo(
                "copy",
                "--dest-tls-verify=false",
                "oci-archive:" + archive + ":lab/kept:v1",
                "docker://" + at("lab/restored:v1"));

        // Then
        assertThat(header(client.head("/v2/lab/restored/manifests/v1"), "Docker-Content-Digest"))
                .isEqualTo(digest.value());
    }

    private String at(String name) {
        return base.getAuthority() + "/" + name;
    }

    private String layout(String name) {
        return "oci:" + folder.resolve("layout") + ":" + name;
    }

    private String skopeo(String... arguments) throws IOException, InterruptedException {
        return skopeo.run(arguments);
    }
}
