package io.plumbline.registry.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.OciException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLayoutTest {

    private static final byte[] BLOB = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void whatWasPutIsThereAfterARestart() throws IOException {
        // Given
        var before = ImageLayout.open(folder);
        before.putBlob(Digest.of(BLOB), BLOB);
        var manifest = before.putManifest("models/m", "v1", manifest(BLOB));

        // When
        var after = ImageLayout.open(folder);

        // Then
        assertThat(after.manifest("models/m", "v1").orElseThrow().content()).isEqualTo(manifest(BLOB));
        assertThat(after.manifest("models/m", manifest.digest().value())).isPresent();
        assertThat(after.tags("models/m")).containsExactly("v1");
        assertThat(after.repositories()).containsExactly("models/m");
        assertThat(after.manifest("models/other", "v1")).isEmpty();
    }

    @Test
    void aManifestWhoseIndexCouldNotBeWrittenIsNotStoredAndPushingItAgainStoresIt() throws IOException {
        // Given
        var layout = ImageLayout.open(folder);
        layout.putBlob(Digest.of(BLOB), BLOB);
        var index = folder.resolve("index.json");
        Files.delete(index);
        var obstacle = Files.createDirectories(index.resolve("in-the-way"));
        assertThatThrownBy(() -> layout.putManifest("models/m", "v1", manifest(BLOB)))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(layout.manifest("models/m", "v1")).isEmpty();
        Files.delete(obstacle);
        Files.delete(index);

        // When
        layout.putManifest("models/m", "v1", manifest(BLOB));

        // Then
        assertThat(ImageLayout.open(folder).manifest("models/m", "v1")).isPresent();
    }

    /** Nothing would name them, so that the housekeeper would delete all of them within two hours. */
    @Test
    void blobsWithoutTheIndexThatNamesThemAreNotTakenForAnEmptyRegistry() throws IOException {
        // Given
        var before = ImageLayout.open(folder);
        before.putBlob(Digest.of(BLOB), BLOB);
        before.putManifest("models/m", "v1", manifest(BLOB));

        // When
        Files.delete(folder.resolve("index.json"));

        // Then
        assertThatThrownBy(() -> ImageLayout.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("index.json that names them is gone");
        assertThat(folder.resolve("index.json")).doesNotExist();
    }

    @Test
    void aTagMovesAndTheOldManifestStays() throws IOException {
        var layout = ImageLayout.open(folder);
        var other = "other".getBytes(StandardCharsets.UTF_8);
        layout.putBlob(Digest.of(BLOB), BLOB);
        layout.putBlob(Digest.of(other), other);
        var first = layout.putManifest("models/m", "v1", manifest(BLOB));
        var second = layout.putManifest("models/m", "v1", manifest(other));
        assertThat(layout.manifest("models/m", "v1").orElseThrow().manifest().digest())
                .isEqualTo(second.digest());
        layout.putManifest("models/m", first.digest().value(), manifest(BLOB));
        assertThat(layout.manifests("models/m"))
                .extracting(one -> one.digest())
                .contains(first.digest(), second.digest());
    }

    @Test
    void anIndexOfAnOlderVersionIsRead() throws IOException {
        // Given
        var before = ImageLayout.open(folder);
        before.putBlob(Digest.of(BLOB), BLOB);
        before.putManifest("models/m", "v1", manifest(BLOB));
        var index = folder.resolve("index.json");
        assertThat(Files.readString(index)).contains("\"models/m:v1\"");

        // When
        Files.writeString(index, Files.readString(index).replace("\"models/m:v1\"", "\"v1\""));

        // Then
        assertThat(ImageLayout.open(folder).tags("models/m")).containsExactly("v1");
    }

    @Test
    void contentThatIsNotWhatItsDigestSaysIsRefused() throws IOException {
        var layout = ImageLayout.open(folder);
        assertThatThrownBy(() -> layout.putBlob(Digest.of(new byte[1]), BLOB))
                .isInstanceOfSatisfying(
                        OciException.class, e -> assertThat(e.code()).isEqualTo(OciException.Code.DIGEST_INVALID));
        assertThat(layout.hasBlob(Digest.of(new byte[1]))).isFalse();
    }

    @Test
    void contentThatRottedOnTheDiskIsGivenToNobodyAndMendedByAPush() throws IOException {
        // Given
        var layout = ImageLayout.open(folder);
        layout.putBlob(Digest.of(BLOB), BLOB);
        layout.putManifest("models/m", "v1", manifest(BLOB));
        Files.writeString(place(BLOB), "c0ntent");

        // Then
        assertThat(layout.blob(Digest.of(BLOB))).isEmpty();
        assertThat(layout.hasBlob(Digest.of(BLOB))).isFalse();
        assertThat(Path.of(place(BLOB) + ".damaged")).hasContent("c0ntent");
        // When
        layout.putBlob(Digest.of(BLOB), BLOB);
        layout.putManifest("models/m", "v1", manifest(BLOB));
        // Then
        assertThat(layout.blob(Digest.of(BLOB))).contains(BLOB);
    }

    /** The one who reads has the damaged content in hand while another sets it aside and somebody pushes it again. */
    @Test
    void contentThatWasMendedWhileItsDamageWasReadIsNotSetAside() throws Exception {
        // Given: a reader who waits for the rest of what rotted
        var layout = ImageLayout.open(folder);
        layout.putBlob(Digest.of(BLOB), BLOB);
        Files.delete(place(BLOB));
        assertThat(new ProcessBuilder("mkfifo", place(BLOB).toString()).start().waitFor())
                .isZero();
        var read = CompletableFuture.supplyAsync(() -> layout.blob(Digest.of(BLOB)));
        try (var rotted = Files.newOutputStream(place(BLOB))) {
            // When
            Files.delete(place(BLOB));
            layout.putBlob(Digest.of(BLOB), BLOB);
            rotted.write("c0ntent".getBytes(StandardCharsets.UTF_8));
        }

        // Then
        assertThat(read.get(30, TimeUnit.SECONDS)).contains(BLOB);
        assertThat(layout.blob(Digest.of(BLOB))).contains(BLOB);
        assertThat(Path.of(place(BLOB) + ".damaged")).doesNotExist();
    }

    @Test
    void aManifestThatRottedKeepsNothingElseFromBeingServedAndNothingOfItIsDeleted() throws IOException {
        // Given
        var other = "other".getBytes(StandardCharsets.UTF_8);
        var before = ImageLayout.open(folder);
        before.putBlob(Digest.of(BLOB), BLOB);
        before.putBlob(Digest.of(other), other);
        before.putManifest("models/m", "v1", manifest(BLOB));
        before.putManifest("models/m", "v2", manifest(other));
        Files.delete(place(manifest(BLOB)));
        var index = Files.readString(folder.resolve("index.json"));

        // When
        var after = ImageLayout.open(folder);

        // Then
        assertThat(after.tags("models/m")).containsExactly("v2");
        assertThat(folder.resolve("index.json.before-loss")).hasContent(index);
        var later = Instant.now().plus(Duration.ofDays(1));
        assertThat(after.unreferenced(later)).contains(Digest.of(BLOB));
        assertThat(after.deleteUnreferenced(List.of(Digest.of(BLOB)), later)).isZero();
        // When
        after.putManifest("models/m", "v1", manifest(BLOB));
        // Then
        assertThat(after.tags("models/m")).containsExactly("v1", "v2");
        assertThat(ImageLayout.open(folder).tags("models/m")).containsExactly("v1", "v2");
    }

    private Path place(byte[] content) {
        return folder.resolve("blobs/sha256").resolve(Digest.of(content).hex());
    }

    @Test
    void aFileBecomesTheBlobThatItsDigestSaysAndNothingOfItStays() throws IOException {
        // Given
        var layout = ImageLayout.open(folder);
        var good = Files.write(folder.resolve("good"), BLOB);
        var again = Files.write(folder.resolve("again"), BLOB);
        var wrong = Files.write(folder.resolve("wrong"), BLOB);

        // When
        layout.putBlob(Digest.of(BLOB), good);
        layout.putBlob(Digest.of(BLOB), again);
        assertThatThrownBy(() -> layout.putBlob(Digest.of(new byte[1]), wrong))
                .isInstanceOfSatisfying(
                        OciException.class, e -> assertThat(e.code()).isEqualTo(OciException.Code.DIGEST_INVALID));

        // Then
        assertThat(layout.blob(Digest.of(BLOB))).contains(BLOB);
        assertThat(layout.file(Digest.of(BLOB)).orElseThrow()).hasBinaryContent(BLOB);
        assertThat(layout.file(Digest.of(new byte[1]))).isEmpty();
        assertThat(List.of(good, again, wrong)).noneMatch(Files::exists);
    }

    @Test
    void aManifestWithoutItsBlobsIsRefused() throws IOException {
        var layout = ImageLayout.open(folder);
        assertThatThrownBy(() -> layout.putManifest("models/m", "v1", manifest(BLOB)))
                .isInstanceOfSatisfying(
                        OciException.class,
                        e -> assertThat(e.code()).isEqualTo(OciException.Code.MANIFEST_BLOB_UNKNOWN));
        assertThatThrownBy(() -> layout.putManifest("models/../x", "v1", manifest(BLOB)))
                .isInstanceOfSatisfying(
                        OciException.class, e -> assertThat(e.code()).isEqualTo(OciException.Code.NAME_INVALID));
        assertThat(layout.repositories()).isEmpty();
    }

    @Test
    void anythingHalfWrittenByAKilledProcessIsNotTakenForContent() throws IOException {
        var layout = ImageLayout.open(folder);
        layout.putBlob(Digest.of(BLOB), BLOB);
        Files.writeString(folder.resolve("blobs/sha256/.new-123"), "cont");
        assertThat(ImageLayout.open(folder).blob(Digest.of(BLOB))).contains(BLOB);
    }

    @Test
    void theSigningKeyIsTheSameAfterARestartAndOnlyItsOwnersToRead() throws Exception {
        var file = folder.resolve("key.json");
        var first = SigningKey.open(file, Optional.empty());
        assertThat(SigningKey.open(file, Optional.empty()).trusted()).isEqualTo(first.trusted());
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    private static byte[] manifest(byte[] blob) {
        var json = Json.mapper().createObjectNode().put("schemaVersion", 2);
        json.putObject("config")
                .put("mediaType", "application/vnd.oci.empty.v1+json")
                .put("digest", Digest.of(blob).value())
                .put("size", blob.length);
        json.putArray("layers");
        return Json.encode(json);
    }
}
