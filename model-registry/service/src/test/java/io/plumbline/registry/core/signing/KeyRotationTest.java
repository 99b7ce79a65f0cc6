package io.plumbline.registry.core.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.adapter.disk.KeyRing;
import io.plumbline.registry.core.oci.Repositories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that changes its key, and gateways that get to know it sooner or later. */
class KeyRotationTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(30));

    @TempDir
    Path folder;

    private Repositories repositories;
    private SmallBuilds all;
    private Instant now = START;

    @BeforeEach
    void open() throws IOException {
        repositories = ImageLayout.open(folder.resolve("layout"));
        all = new SmallBuilds(repositories);
    }

    @Test
    void whileTheKeyChangesNoGatewayMeetsABuildThatItDoesNotTrust() throws Exception {
        // Given
        var before = keys(new KeyFile("old.json", Optional.empty()));
        var builds = new ArrayList<Digest>();
        builds.add(all.published("a", before));
        var gateway = before.trust();

        // When: the registry starts with a second key, long before gateways know it
        var both = keys(new KeyFile("new.json", Optional.empty()), new KeyFile("old.json", Optional.of(END)));
        assertThat(resigner(both).run()).isEqualTo(1);
        builds.add(all.published("b", both));

        // Then
        var told = TrustedKeys.read(both.trust().toJson());
        assertTrusted(builds, gateway);
        assertTrusted(builds, told);

        // When: every gateway has the new trust root, and the old key is over
        now = END;
        builds.add(all.published("c", both));

        // Then
        assertTrusted(builds, told);
        assertThat(builds)
                .noneMatch(build ->
                        isTrusted(build, new TrustedKeys(List.of(told.keys().get(1)))));

        // When: it leaves the settings too
        var after = keys(new KeyFile("new.json", Optional.empty()));
        builds.add(all.published("d", after));

        // Then
        assertTrusted(builds, after.trust());
        assertTrusted(builds, told);
        assertThat(resigner(after).run()).isZero();
    }

    @Test
    void whatTheRegistryDidNotSignItDoesNotSignWhenKeysChange() throws Exception {
        // Given
        var before = keys(new KeyFile("old.json", Optional.empty()));
        var stranger = KeyRing.open(
                folder.resolve("elsewhere"), List.of(new KeyFile("key.json", Optional.empty())), () -> now);
        var unsigned = all.put("unsigned");
        var foreign = all.published("foreign", stranger);
        var lent = all.put("lent");
        all.sign(
                lent, before.sign(DsseEnvelope.MANIFEST_DIGEST, unsigned.value().getBytes(StandardCharsets.UTF_8)));

        // When
        var both = keys(new KeyFile("new.json", Optional.empty()), new KeyFile("old.json", Optional.of(END)));
        var count = resigner(both).run();

        // Then
        assertThat(count).isZero();
        assertThat(List.of(unsigned, foreign, lent)).noneMatch(build -> isTrusted(build, both.trust()));
    }

    @Test
    void aBuildIsNotSignedAgainOnTheWordOfAKeyThatIsOver() throws Exception {
        all.published("a", keys(new KeyFile("old.json", Optional.empty())));
        now = END;
        var late = keys(new KeyFile("new.json", Optional.empty()), new KeyFile("old.json", Optional.of(END)));
        assertThat(resigner(late).run()).isZero();
    }

    /** Somebody may have pushed one of gigabytes, and the registry would never start again. */
    @Test
    void aSignatureThatIsLargerThanAnyEnvelopeIsNotReadWhenKeysChange() throws Exception {
        // Given
        var before = keys(new KeyFile("old.json", Optional.empty()));
        var build = all.put("a");
        var envelope = before.sign(DsseEnvelope.MANIFEST_DIGEST, build.value().getBytes(StandardCharsets.UTF_8))
                .get(0);
        var signature = envelope.signatures().get(0).sig();
        var padded = new DsseEnvelope.Sig("x".repeat(DsseEnvelope.MOST_BYTES), signature);
        all.sign(build, List.of(new DsseEnvelope(envelope.payloadType(), envelope.payload(), List.of(padded))));

        // When
        var both = keys(new KeyFile("new.json", Optional.empty()), new KeyFile("old.json", Optional.of(END)));

        // Then
        assertThat(resigner(both).run()).isZero();
    }

    @Test
    void anOldKeyThatIsNotThereIsNotMade() {
        assertThatThrownBy(() -> keys(new KeyFile("lost.json", Optional.of(END))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lost.json");
        assertThat(folder.resolve("lost.json")).doesNotExist();
    }

    private KeyRing keys(KeyFile... files) throws Exception {
        return KeyRing.open(folder, List.of(files), () -> now);
    }

    private Resigner resigner(KeyRing keys) {
        return new Resigner(repositories, keys, keys.trust(), () -> now);
    }

    private void assertTrusted(List<Digest> builds, TrustedKeys gateway) {
        assertThat(builds).allMatch(build -> isTrusted(build, gateway));
    }

    /** As a gateway decides it: one of the signatures beside the build is by a key that counts. */
    private boolean isTrusted(Digest build, TrustedKeys gateway) {
        return repositories.manifests(SmallBuilds.REPOSITORY).stream()
                .filter(manifest -> manifest.subject().filter(build::equals).isPresent())
                .map(manifest -> manifest.layer(MediaTypes.SIGNATURE).orElseThrow())
                .map(layer -> Json.decode(repositories.blob(layer).orElseThrow(), DsseEnvelope.class))
                .anyMatch(envelope -> gateway.signer(build, envelope, now).isPresent());
    }
}
