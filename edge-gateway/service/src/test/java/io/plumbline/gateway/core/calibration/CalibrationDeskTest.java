package io.plumbline.gateway.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.BuildSource;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.build.UnfitBuildException;
import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.MutableClock;
import io.plumbline.inference.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalibrationDeskTest {

    private final MutableClock clock = new MutableClock();
    private final Builds builds = new Builds();
    private Windows.Halves halves = new Windows.Halves(windows(40), windows(30));
    private final CalibrationDesk desk = new CalibrationDesk(
            new Self(new GatewayId("gw-north"), new SiteId("north"), clock),
            builds,
            model -> halves,
            () -> Set.of(ClimateBuild.MODEL));

    @Test
    void observesTheCalibrationHalf() throws Exception {
        // When
        var answer = answer(observe(100));

        // Then
        assertThat(answer).get().isInstanceOfSatisfying(CalibrationMessage.Observed.class, observed -> {
            assertThat(observed.windows()).isEqualTo(40);
            assertThat(observed.histograms()).hasSize(1);
            assertThat(observed.site()).isEqualTo(new SiteId("north"));
        });
        assertThat(builds.loaded.values()).allMatch(build -> ((FakeModel) build.model()).closed());
    }

    @Test
    void usesNoMoreWindowsThanAllowed() throws Exception {
        assertThat(answer(observe(25)))
                .get()
                .isInstanceOfSatisfying(
                        CalibrationMessage.Observed.class,
                        observed -> assertThat(observed.windows()).isEqualTo(25));
    }

    @Test
    void scoresEveryBuildOnTheHoldoutHalfInTheTasksOrder() throws Exception {
        // Given
        var task = new CalibrationMessage.Score(
                "r1", ClimateBuild.MODEL, List.of(FakeModel.digest("b"), FakeModel.digest("a")), 100);

        // When
        var answer = answer(task);

        // Then
        assertThat(answer)
                .get()
                .isInstanceOfSatisfying(
                        CalibrationMessage.Scored.class,
                        scored -> assertThat(scored.scores())
                                .extracting(CandidateScore::build, CandidateScore::windows)
                                .containsExactly(
                                        org.assertj.core.groups.Tuple.tuple(FakeModel.digest("b"), 30L),
                                        org.assertj.core.groups.Tuple.tuple(FakeModel.digest("a"), 30L)));
        assertThat(builds.loaded.values()).allMatch(build -> ((FakeModel) build.model()).closed());
    }

    @Test
    void declinesWithTheReasonWhyABuildDoesNotRunHere() throws Exception {
        // Given
        builds.unfit = Optional.of("nobody signed it");

        // Then
        assertDeclined(answer(observe(100)), "nobody signed it");
    }

    @Test
    void declinesWithTooFewWindows() throws Exception {
        // Given
        halves = new Windows.Halves(windows(3), windows(3));

        // Then
        assertDeclined(answer(observe(100)), "the calibration half of the reservoir has 3 windows, fewer than 16");
    }

    @Test
    void ignoresWhatIsNotItsTask() throws Exception {
        // Given
        var otherModel = new CalibrationMessage.Observe("r1", new ModelName("other"), FakeModel.digest("a"), 8, 10);
        var anAnswer = new CalibrationMessage.Declined(
                "r1", ClimateBuild.MODEL, new GatewayId("gw-south"), new SiteId("south"), "no");

        // Then
        assertThat(answer(otherModel)).isEmpty();
        assertThat(answer(anAnswer)).isEmpty();
        assertThat(desk.answer(
                        observe(100),
                        clock.instant().minus(CalibrationDesk.OLDEST).minusMillis(1)))
                .isEmpty();
    }

    @Test
    void aTaskThatWasSentWhileTheGatewayWasDownIsAnswered() throws InterruptedException {
        assertThat(desk.answer(observe(100), clock.instant().minusSeconds(60))).isPresent();
    }

    private Optional<CalibrationMessage> answer(CalibrationMessage task) throws InterruptedException {
        return desk.answer(task, clock.instant());
    }

    private static CalibrationMessage observe(int maxWindows) {
        return new CalibrationMessage.Observe("r1", ClimateBuild.MODEL, FakeModel.digest("a"), 8, maxWindows);
    }

    private static void assertDeclined(Optional<CalibrationMessage> answer, String because) {
        assertThat(answer)
                .get()
                .isInstanceOfSatisfying(
                        CalibrationMessage.Declined.class,
                        declined -> assertThat(declined.because()).isEqualTo(because));
    }

    private static List<Tensor> windows(int count) {
        return Collections.nCopies(count, ClimateBuild.window(45, 28));
    }

    private static final class Builds implements BuildSource {
        private final Map<Digest, Build> loaded = new HashMap<>();
        private Optional<String> unfit = Optional.empty();

        @Override
        public Build load(ModelName model, Digest build) throws UnfitBuildException {
            if (unfit.isPresent()) {
                throw new UnfitBuildException(unfit.get());
            }
            var made = new Build(build, ClimateBuild.buildCard("fake"), FakeModel.known(), new FakeModel(build));
            loaded.put(build, made);
            return made;
        }
    }
}
