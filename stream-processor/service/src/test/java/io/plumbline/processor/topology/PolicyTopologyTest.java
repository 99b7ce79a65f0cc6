package io.plumbline.processor.topology;

import static io.plumbline.processor.topology.Given.NORTH;
import static io.plumbline.processor.topology.Given.STALE;
import static io.plumbline.processor.topology.Given.clipping;
import static io.plumbline.processor.topology.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.ModelPolicy;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the fleet file says of a model is what it is judged by. */
class PolicyTopologyTest {

    private static final ModelName MODEL = Given.cohort(STALE, NORTH).model();

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aModelIsJudgedByItsOwnPolicyAndTheVerdictSaysSo() {
        // Given
        says(MODEL, Map.of("confirmations", "1", "clip-floor", "0.1"));

        // When
        clips(3);

        // Then
        assertThat(bench.verdicts()).singleElement().satisfies(event -> {
            assertThat(event.verdict()).isEqualTo(Verdict.CALIBRATION_STALE);
            assertThat(event.at())
                    .as("a window earlier than with two confirmations")
                    .isEqualTo(window(2));
            assertThat(event.basis().orElseThrow().policy())
                    .containsEntry("confirmations", "1")
                    .containsEntry("clip-floor", "0.1")
                    .containsEntry("psi-floor", "0.25");
        });
    }

    @Test
    void thePolicyOfAnotherModelChangesNothing() {
        // Given
        says(new ModelName("another"), Map.of("confirmations", "1"));

        // When
        clips(3);

        // Then
        assertThat(bench.verdicts()).isEmpty();
    }

    @Test
    void aPolicyThatChangesHoldsFromThenOnAndOneThatGoesLeavesTheProcessorsOwn() {
        // Given
        says(MODEL, Map.of("min-compared", "100000"));
        clips(5);
        assertThat(bench.verdicts()).isEmpty();

        // When
        bench.sendGone(Topics.POLICIES, MODEL.value());
        for (int w = 5; w < 8; w++) {
            bench.send(clipping(STALE, NORTH, w));
        }

        // Then
        assertThat(bench.verdicts()).extracting(VerdictEvent::verdict).containsExactly(Verdict.CALIBRATION_STALE);
    }

    @Test
    void ofAModelWhosePolicyCannotBeReadNothingIsSaid() {
        for (var text : new String[] {"rubbish", "{\"model\":\"m\",\"settings\":{\"clip-floor\":\"high\"}}"}) {
            try (var other = new Bench()) {
                // Given
                other.sendRaw(Topics.POLICIES, MODEL.value(), text.getBytes(StandardCharsets.UTF_8), Given.START);

                // When
                for (int w = 0; w < 6; w++) {
                    other.send(clipping(STALE, NORTH, w));
                }

                // Then
                assertThat(other.verdicts()).as(text).isEmpty();
                assertThat(other.health().verdict()).as(text).isEqualTo(Verdict.INSUFFICIENT);
            }
        }
    }

    @Test
    void aModelMayBeRecalibratedNoMoreOftenThanItsOwnPolicySays() {
        // Given
        says(MODEL, Map.of("cooldown", "PT0S"));

        // When
        clips(12);

        // Then
        assertThat(bench.requests())
                .as("without a cooldown each finding asks again")
                .hasSizeGreaterThan(1);
    }

    private void clips(int windows) {
        for (int w = 0; w < windows; w++) {
            bench.send(clipping(STALE, NORTH, w));
        }
    }

    private void says(ModelName model, Map<String, String> settings) {
        bench.sendRaw(Topics.POLICIES, model.value(), Json.encode(new ModelPolicy(model, settings)), Given.START);
    }
}
