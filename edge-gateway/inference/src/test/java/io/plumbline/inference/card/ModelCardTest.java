package io.plumbline.inference.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {

    private static final String CARD = """
            model: climate-event
            task: classification
            input:
              tensor: window
              window: 16
              interval: PT5S
              features:
                - {name: humidity, unit: "%RH", min: 0, max: 100}
                - {name: temperature, unit: degC, min: -40, max: 125}
            output:
              tensor: probabilities
              labels: [normal, event]
            recipes: [dynamic, static-minmax]
            """;

    @Test
    void aCardIsRead() throws CardException {
        var card = ModelCard.parse(CARD.getBytes(StandardCharsets.UTF_8));
        assertThat(card.input().shape()).containsExactly(1, 16, 2);
        assertThat(card.sensor().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(card.sensor().features().get(1)).isEqualTo(new ModelCard.Feature("temperature", "degC", -40, 125));
        assertThat(card.output().labels()).isEqualTo(List.of("normal", "event"));
    }

    @Test
    void aGoalIsReadWhereThereIsOne() throws CardException {
        var bySize = CARD + "goal: {sqnr: 20, measure: size}";
        assertThat(ModelCard.parse(bySize.getBytes(StandardCharsets.UTF_8)).goal())
                .contains(new ModelCard.Goal(ModelCard.Figure.SQNR, 20, ModelCard.Measure.SIZE));
        var byLatency = CARD + "goal: {agreement: 0.98}";
        assertThat(ModelCard.parse(byLatency.getBytes(StandardCharsets.UTF_8)).goal())
                .contains(new ModelCard.Goal(ModelCard.Figure.AGREEMENT, 0.98, ModelCard.Measure.LATENCY));
        assertThat(ModelCard.parse(CARD.getBytes(StandardCharsets.UTF_8)).goal())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "goal: {} | model card: goal '{}' must name one of agreement, cosine, sqnr",
                "goal: 0.98 | model card: goal '0.98' must be a mapping of agreement, cosine, sqnr, measure",
                "goal: {measure: size} | must name one of agreement, cosine, sqnr",
                "goal: {cosine: 0.9, sqnr: 20} | must name one of agreement, cosine, sqnr",
                "goal: {agreement: 98} | model card: goal.agreement '98' must be greater than 0 and at most 1.0",
                "goal: {agreement: 0} | model card: goal.agreement '0' must be greater than 0 and at most 1.0",
                "goal: {sqnr: loud} | model card: goal.sqnr 'loud' must be a finite number",
                "goal: {cosine: 0.9, measure: speed} | model card: goal.measure 'speed' must be one of latency, size",
                "goal: {f1: 0.9} | model card: goal.f1 '0.9' is not a property of a card here"
            })
    void aGoalThatBreaksARuleIsRefusedWithIt(String goal, String message) {
        assertThatThrownBy(() -> ModelCard.parse((CARD + goal).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CardException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model: climate-event | model: Climate | model card: model 'Climate' must be 1 to 63",
                "task: classification | task: detection | model card: task 'detection' needs an image: give input.image",
                "window: 16 | window: 0 | model card: input.window '0' must be a whole number from 1 to 65536",
                "window: 16 | window: 16.5 | model card: input.window '16.5' must be a whole number",
                "window: 16 | window: 99999999 | model card: input.window '99999999' must be a whole number",
                "window: 16 | windows: 16 | model card: input.windows '16' is not a property of a card here; known are:",
                "interval: PT5S | interval: soon | model card: input.interval 'soon' must be an ISO-8601 duration",
                "interval: PT5S | interval: 5 | model card: input.interval '5' must be a text",
                "interval: PT5S | interval: PT0S | model card: input.interval 'PT0S' must be longer than zero",
                "max: 100 | max: 0 | model card: input.features[0].max '0' must be greater than min 0.0",
                "name: temperature | name: humidity | model card: input.features[1].name 'humidity' is named twice",
                "min: 0, max: 100 | min: -1e999, max: 100 | model card: input.features[0].min '-Infinity' must be a finite",
                "min: 0, max: 100 | min: low, max: 100 | model card: input.features[0].min 'low' must be a finite",
                "min: 0, max: 100 | min: 0, top: 100 | model card: input.features[0].top '100' is not a property",
                "labels: [normal, event] | labels: [] | model card: output.labels '[]' must be a list",
                "labels: [normal, event] | labels: [event] | model card: output.labels '[\"event\"]' must name at least two",
                "labels: [normal, event] | labels: [no, event] | model card: output.labels[0] 'false' must be a text; put it",
                "task: classification | task: \"a\\nb\" | model card: task 'a b' must be one of classification, detection",
                "task: classification | model: again | model card: not YAML: Duplicate field 'model' (line 2)",
                "recipes: [dynamic, static-minmax] | recipe: x | model card: recipe 'x' is not a property",
                "recipes: [dynamic, static-minmax] | '' | model card: recipes is missing"
            })
    void aBrokenRuleIsOneLineWithPathValueAndRule(String good, String bad, String message) {
        var text = CARD.replace(good, bad);
        assertThatThrownBy(() -> ModelCard.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CardException.class)
                .hasMessageStartingWith(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void whatIsNotYamlIsSaidSo() {
        assertThatThrownBy(() -> ModelCard.parse("a: [".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("not YAML");
        assertThatThrownBy(() -> ModelCard.parse(new byte[0])).hasMessageContaining("must be a YAML mapping");
        assertThatThrownBy(() -> ModelCard.parse((CARD + "---\nmodel: second\n").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CardException.class);
    }
}
