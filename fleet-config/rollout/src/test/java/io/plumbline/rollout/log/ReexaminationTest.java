package io.plumbline.rollout.log;

import static io.plumbline.rollout.Known.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.rollout.Known;
import io.plumbline.rollout.log.Reexamination.Outcome;
import io.plumbline.rollout.state.Happening;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReexaminationTest {

    @Test
    void everyDecisionOfARandomWalkComesOutTheSameFromTheLog() {
        // Given
        var random = new SplittableRandom(7);
        var seen = new HashSet<String>();
        for (int walk = 0; walk < 60; walk++) {
            var decided = Decided.first(new Cause.Accepted(Happening.PLAN, "recalibrated"), Known.POLICY, T0);
            var now = T0;
            for (int step = 0; step < 40; step++) {
                // When
                var again = Reexamination.of(Json.decode(decided.encoded(), Decided.class));
                // Then
                assertThat(again.outcome()).as(again.difference()).isEqualTo(Outcome.MATCH);
                seen.add(decided.after().phase());
                now = now.plusSeconds(random.nextInt(40));
                var event = Happening.values()[random.nextInt(Happening.values().length)];
                decided = event.decides(decided.after(), now).orElse(decided);
            }
        }
        assertThat(seen)
                .contains("OFFERING", "SOAKING", "EVALUATING", "PAUSED", "ROLLING_BACK", "ROLLED_BACK", "ABORTED");
    }

    @Test
    void saysWhatDiffersInALogThatWasChanged() {
        // Given
        var decided = Decided.first(new Cause.Accepted(Happening.PLAN, "recalibrated"), Known.POLICY, T0);
        var told = Happening.PASS.decides(decided.after(), T0).orElseThrow();
        var log = new String(told.encoded(), StandardCharsets.UTF_8);
        // When somebody writes a threshold or an input that the decision did not have
        var changed = log.replace("\"deadline\":\"PT1M\"", "\"deadline\":\"PT2M\"");
        var again = Reexamination.of(Json.decode(changed.getBytes(StandardCharsets.UTF_8), Decided.class));
        // Then
        assertThat(changed).isNotEqualTo(log);
        assertThat(again.outcome()).isEqualTo(Outcome.MISMATCH);
        assertThat(again.difference()).contains("00:01:00Z").contains("00:02:00Z");
    }

    @Test
    void anEventSaysWhatItWasDecidedBy() {
        // Given
        var decided = Decided.first(new Cause.Accepted(Happening.PLAN, "recalibrated"), Known.POLICY, T0);
        var told = Happening.PASS.decides(decided.after(), T0).orElseThrow();
        // When
        var event = told.event(Digest.of(told.encoded()));
        // Then
        var progress = event.progress().orElseThrow();
        assertThat(progress.phase()).isEqualTo("OFFERING");
        assertThat(progress.wave()).isEqualTo(1);
        assertThat(progress.waves()).isEqualTo(2);
        assertThat(progress.thresholds()).containsEntry("maxLoss", "0.01").containsEntry("minCoverage", "0.9");
        assertThat(progress.rules()).isEqualTo(Decided.RULES);
        assertThat(progress.inputs()).isEqualTo(Digest.of(told.encoded()));
        assertThat(progress.devices()).containsEntry("ACTIVE", 1L);
    }
}
