package io.plumbline.registry.core.retention;

import static io.plumbline.registry.core.job.Fixtures.STALE;
import static io.plumbline.registry.core.job.Fixtures.T0;
import static io.plumbline.registry.core.job.Fixtures.request;
import static io.plumbline.registry.core.retention.StoredModels.MODEL;
import static io.plumbline.registry.core.retention.StoredModels.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.job.Job;
import io.plumbline.registry.core.job.JobEvent;
import io.plumbline.registry.core.job.JobStep;
import io.plumbline.registry.core.job.MemoryJobStore;
import io.plumbline.registry.core.job.Pace;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.Surroundings;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Gate;
import io.plumbline.registry.core.recalibration.GatePolicy;
import io.plumbline.registry.core.recalibration.Recalibration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostCandidatesTest {

    private static final Duration AGE = Duration.ofDays(7);
    private static final Instant BUILT = T0.plusSeconds(30);
    private static final Instant END = T0.plusSeconds(60);

    @TempDir
    Path folder;

    private final MemoryJobStore store = new MemoryJobStore();
    private final Set<Digest> running = new HashSet<>();
    private Instant now = END.plus(AGE).plusSeconds(1);
    private ImageLayout layout;
    private StoredModels models;
    private LostCandidates lost;

    @BeforeEach
    void open() throws IOException {
        layout = ImageLayout.open(folder);
        models = new StoredModels(layout);
        var catalog = new Catalog(layout);
        var keeper = new Lineage(
                catalog,
                (model, build) -> running.contains(build) ? Optional.of("gateway g runs it") : Optional.empty());
        var recalibrations = new Recalibrations(
                new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofSeconds(15)),
                Pace.DEFAULT,
                store,
                new Surroundings(task -> {}, event -> {}, progress -> {}, order -> List.of(), build -> {}),
                () -> now);
        lost = new LostCandidates(new LostCandidates.Known(catalog, keeper, store, recalibrations), AGE, () -> now);
    }

    @Test
    void whatLostGoesWithItsSignaturesWhenItsTimeIsUpAndTheHistoryTells() {
        // Given
        var winner = candidate("static-mse");
        var loser = candidate("static-minmax");
        var signature = models.signature(loser);
        accepted("r1", winner);

        // When
        now = END.plus(AGE);
        lost.look();

        // Then
        assertThat(isThere(loser)).isTrue();
        assertThat(store.history("r1")).hasSize(1);

        // When
        now = now.plusSeconds(1);
        lost.look();
        lost.look();

        // Then
        assertThat(isThere(loser)).isFalse();
        assertThat(isThere(signature)).isFalse();
        assertThat(isThere(winner)).isTrue();
        assertThat(store.history("r1"))
                .extracting(JobEvent::what)
                .containsExactly("it ended", "candidates that lost deleted, PT168H after the end: " + loser.digest());
    }

    @Test
    void ofARefusalNoCandidateStays() {
        // Given
        var one = candidate("static-mse");
        var other = candidate("static-minmax");
        refused("r1");

        // When
        lost.look();

        // Then
        assertThat(isThere(one)).isFalse();
        assertThat(isThere(other)).isFalse();
    }

    @Test
    void whatSomebodyNamedOrRunsOrBuiltOnStays() {
        // Given
        var named = candidate("static-mse");
        models.tag(named, "by-hand");
        var runs = candidate("static-minmax");
        running.add(runs.digest());
        var parent = candidate("static-entropy");
        var child = models.build("static-mse", Optional.of(parent.digest()), END.plusSeconds(9));
        refused("r1");

        // When
        lost.look();

        // Then
        assertThat(List.of(named, runs, parent, child)).allMatch(this::isThere);
    }

    @Test
    void whatNoKnownRecalibrationMadeStays() {
        // Given
        var pushed = models.build("static-mse", Optional.empty(), BUILT);
        var before = models.build("static-mse", Optional.of(STALE), T0.minusMillis(1));
        var behind = models.build("static-mse", Optional.of(STALE), END.plusMillis(1));
        var ofAnother = models.build("static-mse", Optional.of(pushed.digest()), BUILT);
        refused("r1");

        // When
        lost.look();

        // Then
        assertThat(List.of(pushed, before, behind, ofAnother)).allMatch(this::isThere);
    }

    @Test
    void whatIsScoredStillStays() {
        // Given
        var candidate = candidate("static-mse");
        var request = request("r1", MODEL);
        put(new Recalibration.Waiting(request), JobStep.SCORING);

        // When
        lost.look();

        // Then
        assertThat(isThere(candidate)).isTrue();
    }

    @Test
    void theWinnerOfARecalibrationThatOthersJoinedStays() {
        // Given
        var winner = candidate("static-mse");
        accepted("r1", winner);
        accepted("r2-joined", winner);

        // When
        lost.look();

        // Then
        assertThat(isThere(winner)).isTrue();
    }

    private Manifest candidate(String recipe) {
        return models.build(recipe, Optional.of(STALE), BUILT);
    }

    private boolean isThere(Manifest manifest) {
        return layout.find(REPOSITORY, manifest.digest().value()).isPresent();
    }

    private void accepted(String id, Manifest winner) {
        var request = request(id, MODEL);
        var outcome = new RecalibrationEvent.Accepted(id, MODEL, STALE, winner.digest(), "nearer", List.of(), END);
        put(new Recalibration.Ended(request, outcome, true), JobStep.ACCEPTED);
    }

    private void refused(String id) {
        var request = request(id, MODEL);
        var outcome = new RecalibrationEvent.Refused(id, MODEL, STALE, "cancelled by ada", List.of(), END);
        put(new Recalibration.Ended(request, outcome, true), JobStep.REFUSED);
    }

    private void put(Recalibration state, JobStep step) {
        var job = new Job(state, true, T0, END);
        store.put(job, new JobEvent(END, step, "it ended", Optional.empty()));
    }
}
