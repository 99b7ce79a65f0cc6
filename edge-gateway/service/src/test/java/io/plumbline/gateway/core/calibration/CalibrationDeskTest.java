package io.plumbline.gateway.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.SampleGrant;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.HoldoutAnswer;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.BuildSource;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.build.UnfitBuildException;
import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.MutableClock;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationDeskTest {

    private final MutableClock clock = new MutableClock();
    private final Builds builds = new Builds();
    private final List<byte[]> taken = new ArrayList<>();
    private List<Giving.Stream> given = List.of();
    private Optional<String> refusal = Optional.empty();
    private Windows.Halves halves = new Windows.Halves(windows(40), windows(30), readings(30));
    private final CalibrationDesk desk = new CalibrationDesk(
            new Self(new GatewayId("gw-north"), new SiteId("north"), clock),
            builds,
            new CalibrationDesk.Share(model -> halves, 100),
            () -> Set.of(ClimateBuild.MODEL),
            new Giving(model -> given, (recalibration, npy) -> {
                if (refusal.isPresent()) {
                    throw new IOException(refusal.get());
                }
                taken.add(npy);
            }));

    @Test
    void observesTheCalibrationHalf() throws Exception {
        // When
        var answer = answer(observe(100));

        // Then
        assertThat(answer).get().isInstanceOfSatisfying(CalibrationMessage.Observed.class, observed -> {
            assertThat(observed.windows()).isEqualTo(40);
            assertThat(observed.histograms()).hasSize(1);
            assertThat(observed.inputs().orElseThrow().answers()).containsExactly(new LabelCount("normal", 40));
            assertThat(observed.site()).isEqualTo(new SiteId("north"));
        });
        assertThat(builds.loaded.values()).allMatch(build -> ((FakeModel) build.model()).closed());
    }

    @Test
    void answersNothingThatOthersAreAsked() throws Exception {
        // Given
        var others = Optional.of(List.of(new GatewayId("gw-south")));
        var both = Optional.of(List.of(new GatewayId("gw-south"), new GatewayId("gw-north")));
        var builds = List.of(FakeModel.digest("a"));

        // Then
        assertThat(answer(new CalibrationMessage.Observe("r1", ClimateBuild.MODEL, builds.get(0), 8, 10, others)))
                .isEmpty();
        assertThat(answer(new CalibrationMessage.Score("r1", ClimateBuild.MODEL, builds, 10, others)))
                .isEmpty();
        assertThat(answer(new CalibrationMessage.Score("r1", ClimateBuild.MODEL, builds, 10, both)))
                .isPresent();
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
                "r1", ClimateBuild.MODEL, List.of(FakeModel.digest("b"), FakeModel.digest("a")), 100, Optional.empty());

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
    void saysWhatFp32AndEveryBuildSaidOfTheHoldoutReadingsItKnowsById() throws Exception {
        // Given: of the first window nobody knows the reading
        var task = new CalibrationMessage.Score(
                "r1", ClimateBuild.MODEL, List.of(FakeModel.digest("b"), FakeModel.digest("a")), 20, Optional.empty());

        // When
        var answer = answer(task);

        // Then
        assertThat(answer)
                .get()
                .isInstanceOfSatisfying(
                        CalibrationMessage.Scored.class,
                        scored -> assertThat(scored.answers().orElseThrow())
                                .hasSize(19)
                                .startsWith(new HoldoutAnswer(
                                        new EventId("north-1/climate/1"), "event", List.of("normal", "normal"))));
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
        halves = new Windows.Halves(windows(3), windows(3), readings(3));

        // Then
        assertDeclined(answer(observe(100)), "the calibration half of the reservoir has 3 windows, fewer than 16");
    }

    @Test
    void givesNothingOfAStreamWhoseOwnerDidNotSaySo() throws Exception {
        // Given
        given = List.of(new Giving.Stream(new StreamId("climate"), Optional.empty(), windows(40)));

        // Then
        assertThat(given.get(0).windows()).isEmpty();
        assertThat(answer(new CalibrationMessage.Sample("r1", ClimateBuild.MODEL, 64, 1_000_000)))
                .contains(sampled(0, "of stream 'climate' nothing may be given"));
        assertThat(taken).isEmpty();
    }

    @Test
    void givesNoMoreThanTheOwnerAndTheTaskAllow() throws Exception {
        // Given
        var size = windows(1).get(0).size() * 4L;
        given = List.of(
                new Giving.Stream(new StreamId("a"), Optional.of(new SampleGrant(5, 1_000_000)), windows(40)),
                new Giving.Stream(new StreamId("b"), Optional.of(new SampleGrant(64, 256 + 3 * size)), windows(40)),
                new Giving.Stream(new StreamId("c"), Optional.empty(), windows(40)));

        // When
        var owners = answer(new CalibrationMessage.Sample("r1", ClimateBuild.MODEL, 64, 1_000_000));
        var few = answer(new CalibrationMessage.Sample("r1", ClimateBuild.MODEL, 4, 1_000_000));
        var small = answer(new CalibrationMessage.Sample("r1", ClimateBuild.MODEL, 64, 256 + 2 * size));

        // Then
        assertThat(owners).contains(sampled(8, "of stream 'c' nothing may be given"));
        assertThat(few).contains(sampled(4, "of stream 'c' nothing may be given"));
        assertThat(small).contains(sampled(2, "of stream 'c' nothing may be given"));
        assertThat(taken).extracting(npy -> Npy.read(npy).shape()[0]).containsExactly(8L, 4L, 2L);
        assertThat(taken.get(2).length).isLessThanOrEqualTo((int) (256 + 2 * size));
    }

    @Test
    void saysWhyTheRegistryDidNotTakeThem() throws Exception {
        // Given
        given = List.of(new Giving.Stream(new StreamId("a"), Optional.of(new SampleGrant(5, 1_000_000)), windows(40)));
        refusal = Optional.of("409 nobody asked");

        // Then
        assertThat(answer(new CalibrationMessage.Sample("r1", ClimateBuild.MODEL, 64, 1_000_000)))
                .contains(sampled(0, "the registry did not take them: 409 nobody asked"));
    }

    private static CalibrationMessage sampled(int windows, String because) {
        return new CalibrationMessage.Sampled(
                "r1", ClimateBuild.MODEL, new GatewayId("gw-north"), new SiteId("north"), windows, because);
    }

    @Test
    void ignoresWhatIsNotItsTask() throws Exception {
        // Given
        var otherModel = new CalibrationMessage.Observe(
                "r1", new ModelName("other"), FakeModel.digest("a"), 8, 10, Optional.empty());
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
        return new CalibrationMessage.Observe(
                "r1", ClimateBuild.MODEL, FakeModel.digest("a"), 8, maxWindows, Optional.empty());
    }

    private static void assertDeclined(Optional<CalibrationMessage> answer, String because) {
        assertThat(answer)
                .get()
                .isInstanceOfSatisfying(
                        CalibrationMessage.Declined.class,
                        declined -> assertThat(declined.because()).isEqualTo(because));
    }

    private static List<Optional<EventId>> readings(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i == 0 ? Optional.<EventId>empty() : Optional.of(new EventId("north-1/climate/" + i)))
                .toList();
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
