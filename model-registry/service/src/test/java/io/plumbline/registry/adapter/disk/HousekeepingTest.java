package io.plumbline.registry.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.OciException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {

    private static final byte[] BLOB = "unnamed".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(BLOB);
    private static final Duration GRACE = Duration.ofHours(1);
    /** Far beyond what this test takes, so that the machine's clock does not matter. */
    private static final Instant LATER = Instant.now().plus(Duration.ofDays(2));

    @TempDir
    Path folder;

    private ImageLayout layout;
    private Uploads uploads;
    private Housekeeping housekeeping;

    @BeforeEach
    void open() throws IOException {
        layout = ImageLayout.open(folder.resolve("layout"));
        uploads = Uploads.open(folder.resolve("uploads"), 1 << 20, Instant.now());
        housekeeping = new Housekeeping(layout, uploads, GRACE);
        layout.putBlob(DIGEST, BLOB);
    }

    @Test
    void whatIsUnreferencedAtTwoLooksAndWasNotWantedInBetweenGoes() {
        assertThat(housekeeping.look(LATER).bytes()).isZero();
        assertThat(layout.file(DIGEST)).isPresent();
        assertThat(housekeeping.look(LATER.plus(GRACE)).bytes()).isEqualTo(BLOB.length);
        assertThat(layout.file(DIGEST)).isEmpty();
    }

    @Test
    void whatFailsBesideKeepsNoBlobFromBeingCollected() {
        // Given
        var keeper = new Housekeeper(
                housekeeping,
                List.of(() -> {
                    throw new IllegalStateException("samples cannot be read");
                }),
                GRACE,
                () -> LATER);
        // When
        keeper.look();
        keeper.look();
        keeper.close();
        // Then
        assertThat(layout.file(DIGEST)).isEmpty();
    }

    @Test
    void whatIsYoungOrNamedByAManifestStays() {
        // Given
        var named = "named".getBytes(StandardCharsets.UTF_8);
        layout.putBlob(Digest.of(named), named);
        var manifest = layout.putManifest("a/b", "v1", manifest(named));

        // When
        housekeeping.look(Instant.now());
        housekeeping.look(Instant.now());

        // Then
        assertThat(layout.file(DIGEST)).isPresent();

        // When
        housekeeping.look(LATER);
        housekeeping.look(LATER);

        // Then
        assertThat(layout.file(DIGEST)).isEmpty();
        assertThat(layout.file(Digest.of(named))).isPresent();
        assertThat(layout.manifest("a/b", "v1").orElseThrow().manifest()).isEqualTo(manifest);
    }

    @Test
    void aBlobThatAClientWasToldOfIsYoungAgain() throws IOException {
        // Given
        var file = layout.file(DIGEST).orElseThrow();
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        housekeeping.look(Instant.now());

        // When
        assertThat(layout.hasBlob(DIGEST)).isTrue();
        housekeeping.look(Instant.now());

        // Then
        assertThat(file).exists();
        layout.putManifest("a/b", "v1", manifest(BLOB));
    }

    @Test
    void aManifestThatNamesABlobBetweenTheLooksSavesIt() {
        housekeeping.look(LATER);
        layout.putManifest("a/b", "v1", manifest(BLOB));
        assertThat(housekeeping.look(LATER.plus(GRACE)).bytes()).isZero();
        assertThat(layout.file(DIGEST)).isPresent();
    }

    @Test
    void whatADeletedManifestLeavesGoesAndItsSignaturesWithIt() {
        // Given
        var build = layout.putManifest("a/b", "v1", manifest(BLOB));
        var signature = Json.mapper().createObjectNode().put("artifactType", "application/vnd.dsse.envelope.v1+json");
        signature.setAll((com.fasterxml.jackson.databind.node.ObjectNode) parsed(manifest(BLOB)));
        signature.putObject("subject").put("digest", build.digest().value()).put("size", build.size());
        var signed = Json.encode(signature);
        layout.putManifest("a/b", Digest.of(signed).value(), signed);

        // When
        layout.deleteManifest("a/b", build.digest().value());
        housekeeping.look(LATER);
        housekeeping.look(LATER);

        // Then
        assertThat(layout.manifests("a/b")).isEmpty();
        assertThat(layout.repositories()).isEmpty();
        assertThat(folder.resolve("layout/blobs/sha256")).isEmptyDirectory();
    }

    @Test
    void halfWrittenFilesOfAKilledProcessAndAbandonedUploadsGo() throws IOException {
        // Given
        var half = Files.writeString(folder.resolve("layout/blobs/sha256/.new-123"), "half");
        uploads.begin();

        // When
        var freed = housekeeping.look(LATER);

        // Then
        assertThat(half).doesNotExist();
        assertThat(freed.uploads()).isOne();
        assertThat(folder.resolve("uploads")).isEmptyDirectory();
    }

    @Test
    void nothingIsDeletedWhileABackupIsRead() throws IOException {
        // Given
        var named = layout.putManifest("a/b", "v1", manifest(BLOB));
        housekeeping.look(LATER);

        try (var snapshot = layout.snapshot()) {
            // When
            layout.deleteManifest("a/b", named.digest().value());
            housekeeping.look(LATER);
            housekeeping.look(LATER);

            // Then
            assertThat(snapshot.digests()).contains(DIGEST, named.digest());
            assertThat(layout.file(DIGEST)).isPresent();
            assertThatThrownBy(() -> layout.deleteBlob(DIGEST))
                    .isInstanceOf(OciException.class)
                    .hasMessageContaining("a backup is being read");
        }
        assertThat(housekeeping.look(LATER).bytes()).isPositive();
        assertThat(layout.file(DIGEST)).isEmpty();
    }

    @Test
    void aBackupIsTheLayoutOfOneMoment() throws IOException {
        // Given
        layout.putManifest("a/b", "v1", manifest(BLOB));
        var out = new ByteArrayOutputStream() {
            private boolean begun;

            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                if (!begun) {
                    begun = true;
                    layout.putManifest("a/b", "later", manifest(BLOB));
                }
                super.write(bytes, from, length);
            }
        };

        // When
        new LayoutArchive(layout).write(out);

        // Then
        var unpacked = Files.createDirectory(folder.resolve("unpacked"));
        untar(out.toByteArray(), unpacked);
        var restored = ImageLayout.open(unpacked);
        assertThat(restored.tags("a/b")).containsExactly("v1");
        assertThat(restored.blob(DIGEST)).contains(BLOB);
        assertThat(layout.tags("a/b")).containsExactly("later", "v1");
    }

    /** With the tool that an operator has. */
    private static void untar(byte[] archive, Path folder) throws IOException {
        var process = new ProcessBuilder("tar", "-xf", "-", "-C", folder.toString())
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(archive);
        }
        assertThat(process.onExit().join().exitValue()).isZero();
    }

    private static com.fasterxml.jackson.databind.JsonNode parsed(byte[] json) {
        return Json.decode(json, com.fasterxml.jackson.databind.JsonNode.class);
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
