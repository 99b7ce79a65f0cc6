package io.plumbline.gateway.adapter.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.artifact.TrustedKeys.Floor;
import io.plumbline.contract.artifact.TrustedKeys.Revoked;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.gateway.adapter.disk.ModelFolder;
import io.plumbline.gateway.adapter.engine.EngineChoices;
import io.plumbline.gateway.core.build.UnfitBuildException;
import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.FakeRegistry;
import io.plumbline.gateway.testing.MutableClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are signed well and that the trust root takes back, with and without the registry. */
class TakenBackBuildsTest {

    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NEW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Patience QUICK = new Patience(Duration.ofSeconds(20), 3, Duration.ofMillis(5));

    private final FakeRegistry registry = new FakeRegistry();

    @TempDir
    private Path folder;

    private OciBuilds builds;

    @BeforeEach
    void open() throws IOException {
        builds = new OciBuilds(
                new OciBuilds.Upstream(HttpClient.newHttpClient(), registry.url(), QUICK),
                new ModelFolder(folder.resolve("models"), 1L << 30),
                new TrustRoot(folder.resolve("trust.json"), new MutableClock()),
                new EngineChoices(folder.resolve("engines.json")));
        trust(List.of(), Map.of());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void aRevokedBuildThatIsOnThisDiskIsRefusedWithTheRegistryAway() throws Exception {
        // Given
        var digest = registry.pushSigned("bad", NEW);
        builds.load(ClimateBuild.MODEL, digest).model().close();
        registry.close();
        assertThat(builds.takenBack(ClimateBuild.MODEL, digest)).isEmpty();

        // When
        trust(List.of(new Revoked(digest, Optional.of("its labels were mixed up"))), Map.of());

        // Then
        var because = "build " + digest + " is revoked by the trust root (its labels were mixed up): assign another"
                + " build, or take it out of 'revoked' there";
        assertRefused(() -> builds.load(ClimateBuild.MODEL, digest), because);
        assertRefused(() -> builds.fetch(ClimateBuild.MODEL, digest), because);
        assertThat(builds.takenBack(ClimateBuild.MODEL, digest)).contains(because);
        builds.loadForWantOfAnother(ClimateBuild.MODEL, digest).model().close();

        // When
        trust(List.of(), Map.of());

        // Then
        builds.load(ClimateBuild.MODEL, digest).model().close();
    }

    @Test
    void ofARevokedBuildNothingComesOverTheLine() throws Exception {
        // Given
        var digest = registry.pushSigned("bad", NEW);
        trust(List.of(new Revoked(digest, Optional.empty())), Map.of());

        // Then
        assertRefused(() -> builds.fetch(ClimateBuild.MODEL, digest), "is revoked by the trust root: assign another");
        assertThat(registry.ranges(digest)).isEmpty();
    }

    @Test
    void belowTheFloorOfItsModelABuildIsRolledBackContentAndAboveItARollbackIsFine() throws Exception {
        // Given
        var old = registry.pushSigned("old", OLD);
        var before = registry.pushSigned("before", NEW);
        var now = registry.pushSigned("now", NEW.plusSeconds(1));
        for (var one : List.of(old, before, now)) {
            builds.load(ClimateBuild.MODEL, one).model().close();
        }
        registry.close();

        // When
        trust(List.of(), Map.of(ClimateBuild.MODEL, new Floor(NEW), new ModelName("other"), new Floor(Instant.MAX)));

        // Then
        var because = "build " + old + " of model climate-event was made at " + OLD + ", before " + NEW;
        assertRefused(() -> builds.load(ClimateBuild.MODEL, old), because);
        assertRefused(() -> builds.fetch(ClimateBuild.MODEL, old), because);
        assertThat(builds.takenBack(ClimateBuild.MODEL, old).orElseThrow()).contains(because);
        assertThat(builds.takenBack(ClimateBuild.MODEL, before)).isEmpty();
        builds.load(ClimateBuild.MODEL, now).model().close();
        builds.load(ClimateBuild.MODEL, before).model().close();
    }

    @Test
    void ofABuildBelowTheFloorNothingButItsCardComesOverTheLine() throws Exception {
        // Given
        var old = registry.pushSigned("old", OLD);
        trust(List.of(), Map.of(ClimateBuild.MODEL, new Floor(NEW)));
        assertThat(builds.takenBack(ClimateBuild.MODEL, old)).isEmpty();

        // Then
        assertRefused(() -> builds.fetch(ClimateBuild.MODEL, old), "which is notBefore of this model");
        assertThat(registry.ranges(Digest.of(ClimateBuild.onnx()))).isEmpty();
        assertThat(builds.takenBack(ClimateBuild.MODEL, old)).isPresent();
    }

    private static void assertRefused(ThrowingCallable attempt, String because) {
        assertThatThrownBy(attempt)
                .isInstanceOf(UnfitBuildException.class)
                .hasMessageContaining(because)
                .hasMessageNotContaining("\n");
    }

    private void trust(List<Revoked> revoked, Map<ModelName, Floor> models) throws IOException {
        var keys = List.of(TrustedKey.of(registry.key().getPublic()));
        Files.write(folder.resolve("trust.json"), new TrustedKeys(keys, revoked, models).toJson());
    }
}
