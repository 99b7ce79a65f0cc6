package io.plumbline.registry.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import land.oras.Annotations;
import land.oras.ArtifactType;
import land.oras.ContainerRef;
import land.oras.Index;
import land.oras.LocalPath;
import land.oras.Registry;
import land.oras.exception.OrasException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The ORAS SDK for Java as a client. */
@QuarkusTest
@ExtendWith(OrasLeftovers.class)
@TestProfile(WithoutKafka.class)
class OrasTest {

    private static final ArtifactType MODEL = ArtifactType.from("application/vnd.example.model.v1");
    private static final ArtifactType CARD = ArtifactType.from("application/vnd.example.card.v1");

    @TestHTTPResource("/")
    URI base;

    private Path folder;

    private Registry registry;

    @BeforeEach
    void connect(@TempDir Path temporary) {
        folder = temporary;
        registry =
                Registry.builder().insecure().withRegistry(base.getAuthority()).build();
    }

    @Test
    void whatItPushesItPullsAgain() throws Exception {
        // Given
        var model = Files.write(folder.resolve("model.onnx"), new byte[100_000]);
        var card = Files.writeString(folder.resolve("model.yaml"), "task: none\n");
        var there = Files.createDirectory(folder.resolve("there"));
        var ref = ref("oras/model:v1");

        // When
        var pushed = registry.pushArtifact(
                ref,
                MODEL,
                Annotations.ofManifest(Map.of("made", "here")),
                LocalPath.of(model, "application/vnd.onnx.model.v1"),
                LocalPath.of(card, "application/yaml"));
        registry.pullArtifact(ref, there, true);

        // Then
        assertThat(there.resolve("model.onnx")).hasSameBinaryContentAs(model);
        assertThat(there.resolve("model.yaml")).hasSameBinaryContentAs(card);
        var manifest = registry.getManifest(ref);
        assertThat(manifest.getArtifactType().getMediaType()).isEqualTo(MODEL.getMediaType());
        assertThat(manifest.getAnnotations()).containsEntry("made", "here");
        assertThat(registry.probeDescriptor(ref).getDigest())
                .isEqualTo(pushed.getDescriptor().getDigest());
        assertThat(registry.getTags(ref).tags()).containsExactly("v1");
        assertThat(registry.getRepositories().repositories()).contains("oras/model");
    }

    @Test
    void whatItAttachesRefersToItsSubject() throws Exception {
        // Given
        var ref = ref("oras/attached:v1");
        var card = Files.writeString(folder.resolve("card.md"), "# A model\n");
        var subject = registry.pushArtifact(ref, MODEL, LocalPath.of(card, "text/markdown"));

        // When
        var attached = registry.attachArtifact(ref, CARD, LocalPath.of(card, "text/markdown"));

        // Then
        var digest = subject.getDescriptor().getDigest();
        assertThat(registry.getReferrers(ref.withDigest(digest), CARD).getManifests())
                .extracting(one -> one.getDigest())
                .containsExactly(attached.getDescriptor().getDigest());
        assertThat(registry.getReferrers(ref.withDigest(digest), MODEL).getManifests())
                .isEmpty();
    }

    @Test
    void anIndexIsKeptAndWhatIsDeletedIsGone() throws Exception {
        // Given
        var ref = ref("oras/index:one");
        var file = Files.writeString(folder.resolve("one.txt"), "one");
        var one = registry.pushArtifact(ref, MODEL, LocalPath.of(file, "text/plain"));

        // When
        var index = registry.pushIndex(ref("oras/index:all"), Index.fromManifests(List.of(one.getDescriptor())));

        // Then
        assertThat(registry.getIndex(ref("oras/index:all")).getManifests())
                .extracting(listed -> listed.getDigest())
                .containsExactly(one.getDescriptor().getDigest());
        registry.deleteManifest(ref("oras/index@" + index.getDescriptor().getDigest()));
        registry.deleteManifest(ref("oras/index@" + one.getDescriptor().getDigest()));
        assertThatThrownBy(() -> registry.getManifest(ref)).isInstanceOf(OrasException.class);
    }

    private ContainerRef ref(String name) {
        return ContainerRef.parse(base.getAuthority() + "/" + name);
    }
}
