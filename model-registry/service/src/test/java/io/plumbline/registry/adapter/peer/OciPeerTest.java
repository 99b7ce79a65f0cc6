package io.plumbline.registry.adapter.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.client.ArtifactClient;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.login.Authorization;
import io.plumbline.contract.login.RepositoryPrefix;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.adapter.disk.KeyRing;
import io.plumbline.registry.core.carriage.Carrier;
import io.plumbline.registry.core.carriage.PeerException;
import io.plumbline.registry.core.oci.Repositories;
import io.plumbline.registry.core.signing.KeyFile;
import io.plumbline.registry.core.signing.Signatures;
import io.plumbline.registry.core.signing.SmallBuilds;
import io.plumbline.support.DockerRegistry;
import io.plumbline.support.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's {@code docker-registry} as the one that gateways pull from: it asks for a password, and knows no referrers. */
class OciPeerTest {

    private static final ModelName MODEL = new ModelName("m");

    @TempDir
    Path folder;

    private Repositories repositories;
    private SmallBuilds builds;
    private KeyRing keys;

    @BeforeEach
    void open() throws Exception {
        repositories = ImageLayout.open(folder.resolve("layout"));
        builds = new SmallBuilds(repositories);
        keys = KeyRing.open(folder, List.of(new KeyFile("key.json", Optional.empty())), Clock.systemUTC());
    }

    @Test
    void theBuildArrivesByteForByteWithItsSignature() throws Exception {
        try (var docker = DockerRegistry.start(folder)) {
            // Given
            var build = builds.published("a", keys);
            login(docker.authority(), DockerRegistry.PASSWORD);

            // When
            peer(docker.authority()).take(MODEL, stored(build), signatures(build));

            // Then
            var there = client(docker.authority());
            assertThat(there.get(build.value()).toBytes())
                    .isEqualTo(stored(build).content());
            assertThat(there.signatures(build).envelopes()).isEqualTo(signatures(build));
        }
    }

    @Test
    void anotherProcessFindsThatItIsThereAndAddsWhatIsNew() throws Exception {
        try (var docker = DockerRegistry.start(folder)) {
            // Given
            login(docker.authority(), DockerRegistry.PASSWORD);
            var old = builds.published("old", keys);
            peer(docker.authority()).take(MODEL, stored(old), signatures(old));
            var young = builds.published("young", keys);

            // When
            var carrier = new Carrier(repositories, Optional.of(peer(docker.authority())), Clock.systemUTC());
            carrier.look();

            // Then
            assertThat(carrier.waiting()).isZero();
            var there = client(docker.authority());
            for (var build : List.of(old, young)) {
                assertThat(there.has(build, signatures(build))).isTrue();
            }
        }
    }

    @Test
    void aWrongPasswordAndAnAbsentServerAreOneLineThatNamesThem() throws Exception {
        var build = builds.published("a", keys);
        try (var docker = DockerRegistry.start(folder)) {
            login(docker.authority(), "wrong");
            assertThatThrownBy(() -> peer(docker.authority()).take(MODEL, stored(build), signatures(build)))
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("the registry answered GET /v2/plant/m/manifests/" + build + " with 401")
                    .hasMessageNotContaining("\n");
        }
        var nobody = LoopbackPort.free().authority();
        assertThatThrownBy(() -> peer(nobody).take(MODEL, stored(build), signatures(build)))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("the registry at http://" + nobody + "/ cannot be reached");
    }

    private OciPeer peer(String authority) {
        var url = URI.create("http://" + authority + "/plant");
        return new OciPeer(new RepositoryPrefix(url, Optional.of(loginFile())), repositories);
    }

    private ArtifactClient client(String authority) {
        var registry = URI.create("http://" + authority + "/");
        return new ArtifactClient(registry, "plant/m", Authorization.of(registry, loginFile()));
    }

    private Repositories.Stored stored(Digest build) {
        return repositories.manifest(SmallBuilds.REPOSITORY, build.value()).orElseThrow();
    }

    private List<DsseEnvelope> signatures(Digest build) {
        return Signatures.envelopes(repositories, Signatures.of(repositories.manifests(SmallBuilds.REPOSITORY), build));
    }

    private Path loginFile() {
        return folder.resolve("login.json");
    }

    private void login(String authority, String password) throws IOException {
        var pair = (DockerRegistry.USER + ":" + password).getBytes(StandardCharsets.UTF_8);
        var auth = Base64.getEncoder().encodeToString(pair);
        Files.writeString(loginFile(), "{\"auths\":{\"" + authority + "\":{\"auth\":\"" + auth + "\"}}}");
    }
}
