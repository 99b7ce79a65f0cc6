package io.plumbline.registry.core.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.HoldoutAnswer;
import io.plumbline.contract.message.LabelledAccuracy;
import io.plumbline.registry.core.job.Fixtures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelJoinTest {

    private Optional<Map<EventId, String>> truths = Optional.of(Map.of());
    private Optional<Set<EventId>> asked = Optional.empty();
    private int timesAsked;
    private final LabelJoin join = new LabelJoin(readings -> {
        asked = Optional.of(readings);
        timesAsked++;
        return truths;
    });

    @Test
    void countsWhoWasRightOnThoseReadingsThatHaveALabel() {
        // Given: FP32 is right on the first, the running build on both, the candidate on the second
        truths = Optional.of(Map.of(event("1"), "a", event("2"), "b"));

        // When
        var joined = joined(scored(
                answer("1", "a", List.of("a", "b")),
                answer("2", "c", List.of("b", "b")),
                answer("3", "a", List.of("a", "a"))));

        // Then
        assertThat(labelled(joined))
                .containsExactly(
                        Optional.of(new LabelledAccuracy(2, 2, 0, 0, 1)),
                        Optional.of(new LabelledAccuracy(2, 1, 0, 1, 1)));
        assertThat(asked).contains(Set.of(event("1"), event("2"), event("3")));
        assertThat(((CalibrationMessage.Scored) joined).answers()).isEmpty();
    }

    @Test
    void labelsAreLookedUpOnceForAllGatewaysThatAnswerTogether() {
        // Given
        truths = Optional.of(Map.of(event("1"), "a", event("64"), "b"));
        var answers = IntStream.rangeClosed(1, 64)
                .<CalibrationMessage>mapToObj(i -> scored(answer("" + i, "a", List.of("a", "b"))))
                .toList();

        // When
        var joined = join.join(answers);

        // Then
        assertThat(timesAsked).isEqualTo(1);
        assertThat(asked.orElseThrow()).hasSize(64);
        assertThat(labelled(joined.get(0))).first().isEqualTo(Optional.of(new LabelledAccuracy(1, 1, 0, 0, 1)));
        assertThat(labelled(joined.get(1))).first().isEqualTo(Optional.of(LabelledAccuracy.NONE));
        assertThat(labelled(joined.get(63))).last().isEqualTo(Optional.of(new LabelledAccuracy(1, 0, 1, 0, 0)));
    }

    private CalibrationMessage joined(CalibrationMessage message) {
        return join.join(List.of(message)).get(0);
    }

    @Test
    void aReadingCountsOnceAndOneThatLacksABuildNotAtAll() {
        // Given
        truths = Optional.of(Map.of(event("1"), "a", event("2"), "b"));

        // When
        var joined = joined(scored(
                answer("1", "a", List.of("a", "a")),
                answer("1", "a", List.of("a", "a")),
                answer("2", "b", List.of("b"))));

        // Then
        assertThat(labelled(joined))
                .containsExactly(
                        Optional.of(new LabelledAccuracy(1, 1, 0, 0, 1)),
                        Optional.of(new LabelledAccuracy(1, 1, 0, 0, 1)));
    }

    @Test
    void withoutAnswersNobodyIsAskedAndThereAreNoLabels() {
        assertThat(labelled(joined(scored())))
                .containsExactly(Optional.of(LabelledAccuracy.NONE), Optional.of(LabelledAccuracy.NONE));
        assertThat(asked).isEmpty();
    }

    @Test
    void whatNobodyCanLookUpOrAnOldGatewayDoesNotTellStaysUnknown() {
        // Given
        truths = Optional.empty();
        var old = new CalibrationMessage.Scored(
                "r", new ModelName("m"), new GatewayId("g"), new SiteId("s"), scores(), Optional.empty());

        // Then
        assertThat(labelled(joined(scored(answer("1", "a", List.of("a", "a"))))))
                .containsOnly(Optional.empty());
        assertThat(joined(old)).isEqualTo(old);
    }

    private static EventId event(String name) {
        return new EventId("d/s/" + name);
    }

    private static HoldoutAnswer answer(String name, String reference, List<String> labels) {
        return new HoldoutAnswer(event(name), reference, labels);
    }

    private static List<CandidateScore> scores() {
        return Fixtures.scores().stream()
                .map(made -> new CandidateScore(
                        made.build(),
                        made.recipe(),
                        made.windows(),
                        made.fidelity(),
                        made.latency(),
                        made.paired(),
                        made.promised(),
                        made.modelBytes(),
                        Optional.empty()))
                .toList();
    }

    private static CalibrationMessage.Scored scored(HoldoutAnswer... answers) {
        return new CalibrationMessage.Scored(
                "r", new ModelName("m"), new GatewayId("g"), new SiteId("s"), scores(), Optional.of(List.of(answers)));
    }

    private static List<Optional<LabelledAccuracy>> labelled(CalibrationMessage message) {
        return ((CalibrationMessage.Scored) message)
                .scores().stream().map(CandidateScore::labelled).toList();
    }
}
