package io.plumbline.laboratory;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.detection.Agreement;
import io.plumbline.quantizer.DynamicOptions;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.auto.AutoSearch;
import io.plumbline.quantizer.auto.Foundry;
import io.plumbline.quantizer.auto.Goal;
import io.plumbline.quantizer.auto.Outcome;
import io.plumbline.quantizer.auto.Trial;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The search on a detector that nobody tuned it for: SiLU, blocks that split and join, boxes and scores in one output. */
class SiluDetectorTest {

    private static final Goal NEAR = new Goal(Goal.Figure.SQNR, 40, Goal.Measure.LATENCY);

    @Test
    void theSearchFindsABuildThatSeesWhatFp32Sees() throws Exception {
        // Given
        var shapes = Shapes.read();
        var before = averagePrecision(shapes, shapes.model());
        assertThat(before).isGreaterThan(0.9);

        // When
        var outcome = search(shapes, NEAR);

        // Then
        assertThat(outcome.trials())
                .extracting(trial -> trial.recipe().words())
                .contains("static-minmax", "static-percentile", "static-mse", "static-entropy");
        var chosen = outcome.chosen().orElseThrow();
        assertThat(averagePrecision(shapes, chosen.model().toBytes())).isGreaterThan(before - 0.01);
        assertThat(chosen.model().toBytes()).hasSize((int) chosen.trial().sizeBytes());
        assertThat(chosen.trial().sizeBytes()).isLessThan(shapes.model().length / 2);
        assertThat(figure(chosen.trial()))
                .isEqualTo(outcome.trials().stream()
                        .mapToDouble(SiluDetectorTest::figure)
                        .max()
                        .orElseThrow());
    }

    @Test
    void theNodesThatCostTheOutputsMostAreLeftInFloat() throws Exception {
        // Given a goal that no recipe reaches as it is
        var shapes = Shapes.read();
        var demanding = new Goal(Goal.Figure.SQNR, 49, Goal.Measure.LATENCY);

        // When
        var outcome = search(shapes, demanding);

        // Then
        var recipe = outcome.chosen().orElseThrow().trial().recipe();
        assertThat(recipe.excludedNodes()).hasSizeBetween(1, 8);
    }

    private static double figure(Trial trial) {
        return trial.measured().map(NEAR::worst).orElse(0.0);
    }

    private static Outcome search(Shapes shapes, Goal goal) throws Exception {
        var fp32 = OrtEngine.load(shapes.model(), EngineOptions.DEFAULT);
        try (var laboratory = new OrtLaboratory(fp32, Optional.of(shapes.calibration()), shapes.evaluation())) {
            var settings = new Foundry.Settings("s", DynamicOptions.DEFAULT, StaticOptions.DEFAULT);
            var foundry = new Foundry(OnnxModel.parse(shapes.model()), settings, new OrtRuntime(), laboratory);
            var budget = new AutoSearch.Budget(Clock.systemUTC(), Duration.ofMinutes(2), trial -> {});
            return new AutoSearch(foundry, laboratory, goal, budget).search();
        }
    }

    private static double averagePrecision(Shapes shapes, byte[] model) throws ModelLoadException {
        var agreement = new Agreement(0.5);
        try (var engine = OrtEngine.load(model, EngineOptions.DEFAULT)) {
            for (int i = 0; i < shapes.evaluation().size(); i++) {
                var answer = Objects.requireNonNull(
                        engine.run(shapes.evaluation().get(i)).get("output0"));
                agreement.add(
                        Shapes.detections(answer), shapes.evaluationTruth().get(i));
            }
            return agreement.result().averagePrecision();
        }
    }
}
