package io.plumbline.fleet.core.console.models;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.VERSION;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.stale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.Verdict;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelPictureTest {

    private final FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    private final ControlPlane control =
            new ControlPlane(new InMemoryFleetStore(), heard, change -> {}, new MutableClock(T0));

    @BeforeEach
    void apply() {
        control.apply(Fleets.yaml(BASELINE), Fleets.spec());
    }

    @Test
    void putsBuildsBesideTheirVersionWithWhatIsHeardOfThem() {
        // When
        var board = board(new FullShelf(), health(BASELINE, NORTH, stale(), Verdict.CALIBRATION_STALE, T0));
        // Then
        assertThat(board.models())
                .extracting(
                        ModelBoard.Line::model,
                        ModelBoard.Line::gateways,
                        line -> line.worst().orElseThrow())
                .containsExactly(tuple(MODEL, 2, Verdict.CALIBRATION_STALE));
        var detail = board.chosen().orElseThrow();
        assertThat(detail.isMissing()).isFalse();
        assertThat(detail.versions()).singleElement().satisfies(version -> {
            assertThat(version.size()).isEqualTo("40.0 kB");
            assertThat(version.builds())
                    .extracting(BuildLine::build, BuildLine::sizeRatio, BuildLine::gateways, BuildLine::settled)
                    .containsExactly(
                            tuple(CANDIDATE, "0.30 of FP32", 0, false), tuple(BASELINE, "0.25 of FP32", 2, true));
        });
        assertThat(detail.tensors()).containsExactly(new Bar("act0", "48.6", "48.6 %", true));
        assertThat(detail.runs()).hasSize(2);
    }

    @Test
    void showsTheQualityOfAnyBuildOfTheRegistry() {
        assertThat(shown(CANDIDATE.shortHex())).isEqualTo(CANDIDATE);
        assertThat(shown("ffff")).isEqualTo(BASELINE);
        assertThat(shown("")).isEqualTo(BASELINE);
    }

    private Digest shown(String build) {
        var details = new ModelDetails(control.state(), heard.recalibrations(), new FullShelf());
        return new ModelPicture(control.state(), List.of(), details)
                .board("", build)
                .chosen()
                .orElseThrow()
                .shown();
    }

    @Test
    void drawsWhichBuildCameFromWhatAndWhereItRuns() {
        // When
        var lineage = board(new FullShelf()).chosen().orElseThrow().lineage();
        // Then: the model, its version, the build that was calibrated first, and the one that came from it
        assertThat(lineage.nodes())
                .extracting(node -> node.label().name() + " " + node.label().what() + node.facts())
                .containsExactly(
                        "climate-event []",
                        VERSION.shortHex() + " FP32 v1[]",
                        BASELINE.shortHex() + " static-minmax[in force, on 2 gateways at north, south]",
                        CANDIDATE.shortHex() + " static-minmax[recalibrated from " + BASELINE.shortHex()
                                + ", runs nowhere]");
        assertThat(lineage.nodes()).extracting(Lineage.Node::x).isSorted().doesNotHaveDuplicates();
        assertThat(lineage.nodes()).extracting(Lineage.Node::y).isSorted().doesNotHaveDuplicates();
        assertThat(lineage.paths()).containsExactly("M9 14V40H25", "M25 40V66H41", "M41 66V109H57");
        assertThat(lineage.nodes().get(3).label().link())
                .isEqualTo("/models?model=climate-event&build=" + CANDIDATE.shortHex() + "#quality-title");
        assertThat(lineage.missing()).isEmpty();
    }

    @Test
    void showsWhatIsHeardWhenTheRegistryDoesNotAnswer() {
        // When
        var detail = board(new NoShelf(), health(BASELINE, NORTH, faithful(), T0))
                .chosen()
                .orElseThrow();
        // Then
        assertThat(detail.problem()).isEqualTo("no registry");
        assertThat(detail.versions())
                .singleElement()
                .satisfies(version -> assertThat(version.builds())
                        .singleElement()
                        .satisfies(build -> {
                            assertThat(build.build()).isEqualTo(BASELINE);
                            assertThat(build.size()).isEqualTo("–");
                            assertThat(build.median()).isEqualTo("–");
                        }));
    }

    @Test
    void drawsWhatTheLastRecalibrationTriedByAgreementAndLatency() {
        // Given
        heard.on(
                new RecalibrationEvent.Accepted(
                        "r",
                        MODEL,
                        BASELINE,
                        CANDIDATE,
                        "better",
                        List.of(score(BASELINE, farther()), score(CANDIDATE, closer()), score(VERSION, Fidelity.NONE)),
                        T0),
                T0);
        // When
        var trials = board(new NoShelf()).chosen().orElseThrow().trials().orElseThrow();
        // Then
        assertThat(trials.points())
                .extracting(Scatter.Point::number, Scatter.Point::role, Scatter.Point::agreement)
                .containsExactly(tuple(1, "running", "95.8 %"), tuple(2, "chosen", "99.9 %"));
        assertThat(trials.points())
                .extracting(Scatter.Point::difference, Scatter.Point::clipped)
                .containsExactly(tuple("0.00405", "48.6 %"), tuple("0.00203", "1.4 %"));
        assertThat(Double.parseDouble(trials.points().get(1).y()))
                .isLessThan(Double.parseDouble(trials.points().get(0).y()))
                .isBetween((double) trials.top(), (double) trials.bottom());
    }

    @Test
    void whatWasChosenIsCoveredByNoOtherPointThatLiesOnIt() {
        var alike = List.of(score(CANDIDATE, closer()), score(BASELINE, farther()), score(VERSION, closer()));
        assertThat(Scatter.of("", alike, BASELINE.value(), CANDIDATE.value()).drawn())
                .extracting(Scatter.Point::number)
                .containsExactly(3, 2, 1);
    }

    private static Fidelity farther() {
        return new Fidelity(stale().classes(), 3.0, stale().clipping());
    }

    /** As faithful, and nearer to FP32's probabilities. */
    private static Fidelity closer() {
        return new Fidelity(faithful().classes(), 1.5, faithful().clipping());
    }

    private static CandidateScore score(Digest build, Fidelity fidelity) {
        return new CandidateScore(
                build,
                "static-minmax",
                740,
                fidelity,
                LatencyHistogram.EMPTY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private ModelBoard board(Shelf shelf, ModelHealth... health) {
        var details = new ModelDetails(control.state(), heard.recalibrations(), shelf);
        return new ModelPicture(control.state(), List.of(health), details).board("", "");
    }

    private static BuildCard card(long bytes, Optional<Digest> parent, long second) {
        return new BuildCard(
                MODEL,
                VERSION,
                "static-minmax",
                Optional.empty(),
                parent,
                "plumbline",
                List.of(),
                bytes,
                T0.plusSeconds(second));
    }

    /** A registry with one version and two builds. */
    private static final class FullShelf extends NoShelf {

        @Override
        public Answer<ModelView> model(ModelName model) {
            var builds = List.of(
                    new ModelView.Build(BASELINE, card(10_000, Optional.empty(), 0), Optional.empty()),
                    new ModelView.Build(CANDIDATE, card(12_000, Optional.of(BASELINE), 60), Optional.empty()));
            return Answer.of(new ModelView(
                    model,
                    List.of(new ModelView.Version(VERSION, VERSION, "READY", "", builds, List.of("v1"))),
                    List.of()));
        }

        @Override
        public Answer<Long> versionBytes(ModelName model, Digest manifest) {
            return Answer.of(40_000L);
        }
    }

    /** One that does not answer. */
    private static class NoShelf implements Shelf {

        @Override
        public Answer<ModelView> model(ModelName model) {
            return Answer.none("no registry");
        }

        @Override
        public Answer<Long> versionBytes(ModelName model, Digest manifest) {
            return Answer.none("no registry");
        }

        @Override
        public Answer<QualityReport> quality(ModelName model, Digest build) {
            return Answer.none("no registry");
        }

        @Override
        public Answer<List<Sighting>> sightings(Digest build) {
            return Answer.none("no registry");
        }
    }
}
