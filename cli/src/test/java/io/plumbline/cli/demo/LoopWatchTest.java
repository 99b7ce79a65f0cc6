package io.plumbline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LoopWatchTest {

    private static final ModelName MODEL = new ModelName("climate-event");

    private final LoopWatch watch = new LoopWatch();

    @Test
    void afterTwoRolloutsInOneTurnTheSecondCandidateRuns() {
        // When the loop turns twice before the turn is over
        hear("a", "b", RolloutStage.COMPLETED);
        hear("b", "c", RolloutStage.CANARY);
        assertThat(watch.running()).contains(digest("b"));
        assertThat(watch.isUnderWay()).isTrue();
        hear("b", "c", RolloutStage.COMPLETED);

        // Then
        assertThat(watch.running()).contains(digest("c"));
        assertThat(watch.isUnderWay()).isFalse();
        assertThat(watch.rollout(digest("a"), RolloutStage.COMPLETED, 0)
                        .map(heard -> heard.message().candidate()))
                .contains(digest("b"));
    }

    @Test
    void aRolloutThatWentBackLeavesWhatRan() {
        hear("a", "b", RolloutStage.ROLLED_BACK);
        assertThat(watch.running()).isEmpty();
        assertThat(watch.isUnderWay()).isFalse();
    }

    @Test
    void aRecalibrationIsUnderWayUntilItIsRefused() {
        hear(requested());
        assertThat(watch.isUnderWay()).isTrue();
        hear(new RecalibrationEvent.Refused("r", MODEL, digest("a"), "because", List.of(), Instant.EPOCH));
        assertThat(watch.isUnderWay()).isFalse();
    }

    @Test
    void aRecalibrationIsUnderWayUntilItsBuildIsRolledOut() {
        hear(requested());
        hear(new RecalibrationEvent.Accepted(
                "r", MODEL, digest("a"), digest("b"), "because", List.of(), Instant.EPOCH));
        assertThat(watch.isUnderWay()).isTrue();
        hear("a", "b", RolloutStage.COMPLETED);
        assertThat(watch.isUnderWay()).isFalse();
    }

    private static RecalibrationEvent requested() {
        return new RecalibrationEvent.Requested(
                "r", MODEL, digest("fp32"), digest("a"), List.of(), "because", Instant.EPOCH);
    }

    private void hear(RecalibrationEvent event) {
        watch.hear(new ConsumerRecord<>(Topics.RECALIBRATIONS, 0, 0, MODEL.value(), Json.encode(event)));
    }

    private void hear(String baseline, String candidate, RolloutStage stage) {
        var event = new RolloutEvent(
                "r",
                1,
                MODEL,
                digest(baseline),
                digest(candidate),
                stage,
                List.of(),
                "because",
                List.of(),
                Instant.EPOCH);
        watch.hear(new ConsumerRecord<>(Topics.ROLLOUTS, 0, 0, MODEL.value(), Json.encode(event)));
    }

    private static Digest digest(String name) {
        return Digest.of(name.getBytes(StandardCharsets.UTF_8));
    }
}
