package io.plumbline.inference.card;

import io.plumbline.contract.id.ModelName;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Reads a card rule by rule. */
record CardParser(CardNode root) {

    private static final int LONGEST_WINDOW = 65_536;

    ModelCard parse() throws CardException {
        root.only("model", "task", "input", "output", "recipes", "goal");
        var name = root.get("model");
        var model = ModelName.parse(name.text())
                .orElseThrow(() -> name.broken("must be 1 to 63 characters of a-z, 0-9, '.', '_', '-'"));
        var task = root.get("task").worded(ModelCard.Task.values());
        var input = input(root.get("input"));
        if (task == ModelCard.Task.DETECTION && !(input instanceof ImageInput)) {
            throw root.get("task").broken("needs an image: give input.image");
        }
        return new ModelCard(model, task, input, output(task, root.get("output")), recipes(), GoalParser.goalOf(root));
    }

    private static Input input(CardNode input) throws CardException {
        if (input.find("image").isPresent()) {
            input.only("tensor", "image");
            return new ImageParser(input.get("image")).parse(input.get("tensor").text());
        }
        return sensor(input);
    }

    private static SensorInput sensor(CardNode input) throws CardException {
        input.only("tensor", "window", "interval", "features", "image");
        return new SensorInput(
                input.get("tensor").text(),
                input.get("window").positiveInt(LONGEST_WINDOW),
                duration(input.get("interval")),
                features(input.get("features")));
    }

    private static Duration duration(CardNode node) throws CardException {
        try {
            var duration = Duration.parse(node.text());
            if (duration.toMillis() > 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw node.broken("must be an ISO-8601 duration such as PT5S");
        }
        throw node.broken("must be longer than zero");
    }

    private static List<ModelCard.Feature> features(CardNode list) throws CardException {
        var features = new ArrayList<ModelCard.Feature>();
        var seen = new HashSet<String>();
        for (var node : list.list()) {
            var name = node.only("name", "unit", "min", "max").get("name");
            if (!seen.add(name.text())) {
                throw name.broken("is named twice");
            }
            var min = node.get("min").number();
            var max = node.get("max");
            if (!(min < max.number())) {
                throw max.broken("must be greater than min " + min);
            }
            features.add(new ModelCard.Feature(name.text(), node.get("unit").text(), min, max.number()));
        }
        return features;
    }

    private static Output output(ModelCard.Task task, CardNode output) throws CardException {
        var labels = output.get("labels");
        if (task == ModelCard.Task.DETECTION) {
            return new DetectionsParser(output).parse(texts(labels));
        }
        output.only("tensor", "labels");
        var names = texts(labels);
        if (names.size() < 2) {
            throw labels.broken("must name at least two classes");
        }
        return new Classes(output.get("tensor").text(), names);
    }

    private List<String> recipes() throws CardException {
        return texts(root.get("recipes"));
    }

    private static List<String> texts(CardNode list) throws CardException {
        var texts = new ArrayList<String>();
        for (var node : list.list()) {
            if (texts.contains(node.text())) {
                throw node.broken("is named twice");
            }
            texts.add(node.text());
        }
        return texts;
    }
}
