package io.plumbline.gateway.adapter.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.gateway.adapter.disk.ModelFolder;
import io.plumbline.gateway.adapter.engine.EngineChoices;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.FakeRegistry;
import io.plumbline.gateway.testing.MutableClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciBuildsTest {

    private final MutableClock clock = new MutableClock();

    @TempDir
    private Path folder;

    private static final Patience QUICK = new Patience(Duration.ofSeconds(20), 3, Duration.ofMillis(5));
    private static final Patience IMPATIENT = new Patience(Duration.ofSeconds(2), 2, Duration.ofMillis(5));
    private static final Patience CALM = new Patience(Duration.ofSeconds(20), 3, Duration.ofMillis(500));
    private static final long PLENTY = 1L << 30;

    private final FakeRegistry registry = new FakeRegistry();
    private ModelFolder models;

    @BeforeEach
    void openFolder() throws IOException {
        models = new ModelFolder(folder.resolve("models"), PLENTY);
    }

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void loadsASignedBuildThatAnswers() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");

        // When
        try (var model = builds().load(ClimateBuild.MODEL, digest).model()) {
            var answer = model.predict(ClimateBuild.window(45, 28));

            // Then
            assertThat(answer.prediction().orElseThrow().label()).isEqualTo("normal");
            assertThat(model.compare(ClimateBuild.window(45, 28), answer)
                            .fidelity()
                            .agreed())
                    .isEqualTo(1);
        }
    }

    @Test
    void loadsWhatItHasWithoutTheRegistry() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        builds().load(ClimateBuild.MODEL, digest).model().close();
        registry.close();

        // When
        var build = builds().load(ClimateBuild.MODEL, digest);

        // Then
        build.model().close();
        assertThat(build.card().recipe()).isEqualTo("static-minmax");
        assertThat(builds().find(ClimateBuild.MODEL, digest)).isPresent();
    }

    @Test
    void fetchesAgainWhatWasDamagedOnDisk() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        builds().load(ClimateBuild.MODEL, digest).model().close();
        Files.writeString(
                folder.resolve(
                        "models/content/" + Digest.of(ClimateBuild.onnx()).hex()),
                "rubbish");

        // When
        var build = builds().load(ClimateBuild.MODEL, digest);

        // Then
        build.model().close();
        assertThat(models.damaged()).isEqualTo(1);
    }

    @Test
    void takesUpABrokenConnectionWhereItBroke() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        var onnx = Digest.of(ClimateBuild.onnx());
        registry.cutAfter(onnx, 5_000, 1);

        // When
        builds().fetch(ClimateBuild.MODEL, digest);

        // Then
        assertThat(models.content(onnx)).isPresent();
        assertThat(registry.ranges(onnx)).containsExactly("", "bytes=5000-");
    }

    @Test
    void keepsWhatCameForTheNextAttemptWhenItGivesUp() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        var onnx = Digest.of(ClimateBuild.onnx());
        registry.cutAfter(onnx, 1_000, 1);
        registry.cutAfter(onnx, 0, 3);
        assertUnavailable(builds(), digest, "the registry does not answer GET");

        // When
        builds().fetch(ClimateBuild.MODEL, digest);

        // Then
        assertThat(models.content(onnx)).isPresent();
        assertThat(registry.ranges(onnx)).last().isEqualTo("bytes=1000-");
    }

    @Test
    void givesUpARegistryThatFallsSilent() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        registry.stall(Digest.of(ClimateBuild.onnx()));

        // Then
        assertUnavailable(builds(IMPATIENT), digest, "nothing came for PT2S");
    }

    @Test
    void takesNoMoreThanTheManifestNames() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        registry.lengthen(Digest.of(ClimateBuild.onnx()));

        // Then
        assertUnavailable(builds(), digest, "it sends more than the");
    }

    @Test
    void aRegistryThatIsAwayOrFailsSaysNothingOfTheBuild() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        registry.fails = true;

        // Then
        assertUnavailable(builds(), digest, "the registry answers 503");
        registry.close();
        assertUnavailable(builds(), digest, "the registry does not answer GET");
    }

    @Test
    void aDiskThatFailsSaysNothingOfTheBuild() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        Files.createDirectories(folder.resolve("models/content/" + digest.hex()));

        // Then
        assertUnavailable(builds(), digest, "the models folder cannot be used");
    }

    @Test
    void aStopThatClosesTheFileBeingWrittenIsAStopAndNoFailureOfTheDisk() throws IOException {
        // Given
        var models = new ModelFolder(folder.resolve("models"), PLENTY);
        Thread.currentThread().interrupt();

        // When
        assertThatThrownBy(() -> {
                    try {
                        models.keep(new byte[1]);
                    } catch (IOException e) {
                        throw RegistryClient.diskFailed(e);
                    }
                })
                // Then
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void twoThatWantTheSameFetchItOnce() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        var onnx = Digest.of(ClimateBuild.onnx());
        registry.cutAfter(onnx, 1_000, 1);
        var builds = builds(CALM);
        var first = fetching(builds, digest);
        await().until(() -> !registry.ranges(onnx).isEmpty());

        // When
        var second = fetching(builds, digest);

        // Then
        first.get(20, TimeUnit.SECONDS);
        second.get(20, TimeUnit.SECONDS);
        assertThat(registry.ranges(onnx)).containsExactly("", "bytes=1000-");
    }

    private static CompletableFuture<Void> fetching(OciBuilds builds, Digest digest) {
        return CompletableFuture.runAsync(() -> {
            try {
                builds.fetch(ClimateBuild.MODEL, digest);
            } catch (UnfitBuildException | UnavailableBuildException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aBuildThatIsLargerThanTheMemoryIsRefusedAndTheProcessGoesOn() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        var onnx = folder.resolve(
                "models/content/" + Digest.of(ClimateBuild.onnx()).hex());
        try (var file = new RandomAccessFile(onnx.toFile(), "rw")) {
            file.setLength(1L << 32);
        }

        // Then
        assertRefused(digest, "it is larger than the memory of this gateway");
    }

    @Test
    void removesTheBuildsUnusedForLongestButNoneThatMustStay() throws Exception {
        // Given
        var good = registry.pushSigned("good");
        var old = registry.pushSigned("old");
        var next = registry.pushSigned("next");
        models = new ModelFolder(folder.resolve("models"), 1);
        var builds = builds();
        builds.fetch(ClimateBuild.MODEL, good);
        builds.fetch(ClimateBuild.MODEL, old);

        // When
        builds.retain(Set.of(good, next));
        builds.fetch(ClimateBuild.MODEL, next);

        // Then
        assertThat(models.content(old)).isEmpty();
        assertThat(models.evicted()).isPositive();
        registry.close();
        builds.load(ClimateBuild.MODEL, good).model().close();
        builds.load(ClimateBuild.MODEL, next).model().close();
    }

    @Test
    void refusesABuildThatNobodySigned() {
        // Given
        var digest = registry.push("static-minmax", ClimateBuild.selfTest(0));

        // Then
        assertRefused(digest, "no key of the trust root signed " + digest);
    }

    @Test
    void refusesABuildThatAStrangerSigned() {
        // Given
        var digest = registry.push("static-minmax", ClimateBuild.selfTest(0));
        registry.sign(digest, FakeRegistry.newKey());

        // Then
        assertRefused(digest, "no key of the trust root signed " + digest + "; the registry has 1 signatures of it");
    }

    @Test
    void runsASignedBuildBesideSignaturesThatCannotBeRead() throws Exception {
        // Given
        var digest = registry.push("dynamic", ClimateBuild.selfTest(0));
        var text = "no envelope".getBytes(StandardCharsets.UTF_8);
        registry.attach(digest, text, MediaTypes.SIGNATURE);
        registry.attach(digest, text, "text/plain");
        registry.truncate(registry.attach(digest, "half of it".getBytes(StandardCharsets.UTF_8), MediaTypes.SIGNATURE));
        var huge = registry.attach(digest, new byte[DsseEnvelope.MOST_BYTES + 1], MediaTypes.SIGNATURE);
        assertRefused(digest, "has 4 signatures of it, and none is valid: 3 cannot be read");

        // When
        registry.sign(digest, registry.key());
        var build = builds().load(ClimateBuild.MODEL, digest);

        // Then
        build.model().close();
        assertThat(build.card().recipe()).isEqualTo("dynamic");
        assertThat(registry.ranges(huge)).isEmpty();
    }

    @Test
    void refusesTheSignatureOfAnotherBuild() throws Exception {
        // Given
        var digest = registry.push("static-minmax", ClimateBuild.selfTest(0));
        var other = Digest.of(new byte[] {1}).value().getBytes(StandardCharsets.UTF_8);
        registry.attach(
                digest,
                DsseEnvelope.sign(
                        DsseEnvelope.MANIFEST_DIGEST,
                        other,
                        "test",
                        registry.key().getPrivate()));

        // Then
        assertRefused(digest, "no key of the trust root signed");
    }

    @Test
    void refusesWhatLostItsKeySinceItWasKept() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        builds().load(ClimateBuild.MODEL, digest).model().close();
        var builds = builds();
        Files.writeString(folder.resolve("trust.json"), "[]");

        // Then
        assertThatThrownBy(() -> builds.load(ClimateBuild.MODEL, digest))
                .isInstanceOf(UnfitBuildException.class)
                .hasMessageContaining("no key of the trust root signed");
    }

    @Test
    void refusesWhatAKeySignedWhoseTimeIsOverThoughItIsOnThisDisk() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        builds().load(ClimateBuild.MODEL, digest).model().close();
        var builds = builds();
        var trust = folder.resolve("trust.json");
        var key = TrustedKeys.read(Files.readAllBytes(trust)).keys().get(0);
        var ending = new TrustedKey(key.key(), Optional.of(clock.instant().plusSeconds(60)));
        Files.write(trust, new TrustedKeys(List.of(ending)).toJson());
        builds.load(ClimateBuild.MODEL, digest).model().close();

        // When
        clock.advance(Duration.ofSeconds(60));

        // Then
        assertThatThrownBy(() -> builds.load(ClimateBuild.MODEL, digest))
                .isInstanceOf(UnfitBuildException.class)
                .hasMessageContaining("no key of the trust root signed");
    }

    @Test
    void trustsNothingWithoutATrustRoot() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        var builds = builds();
        Files.delete(folder.resolve("trust.json"));

        // Then
        assertThatThrownBy(() -> builds.load(ClimateBuild.MODEL, digest))
                .isInstanceOf(UnfitBuildException.class)
                .hasMessageContaining("trust root");
    }

    @Test
    void refusesAModelThatChangedOnTheWay() {
        // Given
        var digest = registry.pushSigned("static-minmax");
        registry.corrupt(Digest.of(ClimateBuild.onnx()));

        // Then
        assertRefused(digest, "content of " + Digest.of(ClimateBuild.onnx()) + " has the digest");
    }

    @Test
    void refusesAModelThatWasCutOffAndKeepsNothingOfIt() throws Exception {
        // Given
        var digest = registry.pushSigned("static-minmax");
        var onnx = Digest.of(ClimateBuild.onnx());
        registry.truncate(onnx);
        var half = Arrays.copyOf(ClimateBuild.onnx(), ClimateBuild.onnx().length / 2);

        // Then
        assertRefused(
                digest, "content of " + onnx + " has the digest " + Digest.of(half) + " (" + half.length + " bytes)");
        assertThat(models.content(onnx)).isEmpty();
        assertThat(models.content(Digest.of(half))).isEmpty();
        try (var partial = models.partial(onnx)) {
            assertThat(partial.size()).isZero();
        }
    }

    @Test
    void refusesAManifestThatChangedOnTheWay() {
        // Given
        var digest = registry.pushSigned("static-minmax");
        registry.corrupt(digest);

        // Then
        assertRefused(digest, "content of " + digest + " has the digest");
    }

    @Test
    void refusesABuildThatAnswersDifferentlyHere() {
        // Given
        var digest = registry.push("static-minmax", ClimateBuild.selfTest(0.01f));
        registry.sign(digest, registry.key());

        // Then
        assertRefused(digest, "self-test case 0: output 'probabilities'[0]");
    }

    @Test
    void refusesWhatTheRegistryDoesNotHave() {
        assertRefused(Digest.of(new byte[] {7}), "the registry answers 404");
    }

    @Test
    void refusesABuildOfAnotherModel() {
        // Given
        var digest = registry.pushSigned("static-minmax");

        // Then
        assertThatThrownBy(() -> builds().load(new ModelName("other"), digest)).isInstanceOf(UnfitBuildException.class);
    }

    private void assertRefused(Digest digest, String because) {
        assertThatThrownBy(() -> builds().load(ClimateBuild.MODEL, digest))
                .isInstanceOf(UnfitBuildException.class)
                .hasMessageContaining(because)
                .hasMessageNotContaining("\n");
    }

    private static void assertUnavailable(OciBuilds builds, Digest digest, String because) {
        assertThatThrownBy(() -> builds.load(ClimateBuild.MODEL, digest))
                .isInstanceOf(UnavailableBuildException.class)
                .hasMessageContaining(because)
                .hasMessageNotContaining("\n");
    }

    private OciBuilds builds() throws IOException {
        return builds(QUICK);
    }

    private OciBuilds builds(Patience patience) throws IOException {
        return new OciBuilds(
                new OciBuilds.Upstream(HttpClient.newHttpClient(), registry.url(), patience),
                models,
                new TrustRoot(registry.trustRoot(folder.resolve("trust.json")), clock),
                new EngineChoices(folder.resolve("engines.json")));
    }
}
