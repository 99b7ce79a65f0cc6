package io.plumbline.registry.core.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.OciException;
import io.plumbline.registry.core.oci.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTest {

    private static final String REPOSITORY = "models/m";

    @TempDir
    Path folder;

    private ImageLayout layout;
    private Admission admission;

    @BeforeEach
    void open() throws IOException {
        layout = ImageLayout.open(folder);
        admission = new Admission(new Catalog(layout), Clock.systemUTC());
    }

    @Test
    void aSignatureIsAnEnvelopeThatIsNotHuge() {
        var envelope = Json.encode(new DsseEnvelope(DsseEnvelope.MANIFEST_DIGEST, "", List.of()));
        assertThat(push(MediaTypes.SIGNATURE, envelope).artifactType()).isEqualTo(MediaTypes.SIGNATURE);

        refused(MediaTypes.SIGNATURE, "no envelope".getBytes(StandardCharsets.UTF_8), "DsseEnvelope is malformed");
        refused("text/plain", envelope, "a signature has one layer of type " + MediaTypes.SIGNATURE + ", and not 0");
        refused(
                MediaTypes.SIGNATURE,
                new byte[DsseEnvelope.MOST_BYTES + 1],
                "the envelope of a signature has 65537 bytes, and may have 65536");
        assertThat(admission.refused(new ModelName("m"))).hasSize(3);
    }

    @Test
    void aCardOrAReportOfManyMegabytesIsRefusedUnread() {
        assertThatThrownBy(() -> push(MediaTypes.VERSION, MediaTypes.CARD, new byte[Texts.MOST_BYTES + 1]))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("the model card has 4194305 bytes, and may have 4194304");
    }

    private void refused(String mediaType, byte[] content, String because) {
        assertThatThrownBy(() -> push(mediaType, content))
                .isInstanceOf(OciException.class)
                .hasMessageContaining(because);
    }

    private Manifest push(String mediaType, byte[] content) {
        return push(MediaTypes.SIGNATURE, mediaType, content);
    }

    private Manifest push(String artifactType, String mediaType, byte[] content) {
        var empty = "{}".getBytes(StandardCharsets.UTF_8);
        layout.putBlob(Digest.of(empty), empty);
        layout.putBlob(Digest.of(content), content);
        var manifest = Json.mapper().createObjectNode().put("schemaVersion", 2).put("artifactType", artifactType);
        manifest.putObject("config")
                .put("mediaType", MediaTypes.OCI_EMPTY)
                .put("digest", Digest.of(empty).value())
                .put("size", empty.length);
        manifest.putArray("layers")
                .addObject()
                .put("mediaType", mediaType)
                .put("digest", Digest.of(content).value())
                .put("size", content.length);
        return admission.check(REPOSITORY, "v1", Json.encode(manifest));
    }
}
