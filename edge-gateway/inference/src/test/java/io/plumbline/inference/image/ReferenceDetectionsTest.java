package io.plumbline.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.detection.Agreement;
import io.plumbline.inference.detection.Box;
import io.plumbline.inference.detection.Detection;
import io.plumbline.support.SharedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Two published detectors, by the example cards, against what OpenCV and another runtime made of the same files. */
class ReferenceDetectionsTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("plumbline.root"), "docs/examples");

    private record Subject(String card, String model, String reference, int firstClass) {

        Agreement.Result compare(String... sets) throws Exception {
            var parsed = ModelCard.parse(Files.readAllBytes(EXAMPLES.resolve(card)));
            var detector = parsed.detector().orElseThrow();
            var images = new ImageTensor(parsed.image());
            var agreement = new Agreement(detector.selection().score());
            var expected = new ObjectMapper()
                    .readTree(
                            SharedFiles.require("camera/reference/" + reference).toFile())
                    .get("sets");
            try (var engine = OrtEngine.load(Files.readAllBytes(SharedFiles.require(model)), EngineOptions.DEFAULT)) {
                for (var set : sets) {
                    for (var image : expected.get(set).properties()) {
                        var file = SharedFiles.require("camera/" + set).resolve(image.getKey());
                        var tensor = images.read(Files.readAllBytes(file));
                        var found = detector.withScore(0.2)
                                .detect(engine.run(Map.of(parsed.image().tensor(), tensor)), images.placement());
                        agreement.add(found, detections(image.getValue(), file));
                    }
                }
            }
            return agreement.result();
        }

        private List<Detection> detections(JsonNode boxes, Path file) throws Exception {
            var image = ImageIO.read(file.toFile());
            double width = image.getWidth();
            double height = image.getHeight();
            var detections = new ArrayList<Detection>();
            for (var one : boxes) {
                var box = one.get("box");
                detections.add(new Detection(
                        one.get("cls").asInt() - firstClass,
                        one.get("score").asDouble(),
                        new Box(
                                box.get(0).asDouble() / width,
                                box.get(1).asDouble() / height,
                                box.get(2).asDouble() / width,
                                box.get(3).asDouble() / height)));
            }
            return detections;
        }
    }

    @Test
    void fastestDetFindsWhatTheReferenceFound() throws Exception {
        var subject = new Subject("fastestdet.yaml", "models/fastestdet_coco_352.onnx", "fastestdet.json", 0);
        var result = subject.compare("coco_val_eval", "coco_train_calib", "corridor_walk");
        assertThat(result.expected()).isEqualTo(324);
        assertThat(result.averagePrecision()).isGreaterThan(0.98);
        assertThat(result.precision()).isGreaterThan(0.96);
        assertThat(result.recall()).isGreaterThan(0.96);
    }

    @Test
    void ultraFaceFindsEveryFaceOfTheReferenceAndNoOther() throws Exception {
        var subject = new Subject("ultraface.yaml", "models/ultraface_slim_320.onnx", "ultraface_slim_320.json", 1);
        var result = subject.compare("corridor_walk", "coco_val_eval");
        assertThat(result.expected()).isEqualTo(94);
        assertThat(result.averagePrecision()).isEqualTo(1);
        assertThat(result.precision()).isEqualTo(1);
        assertThat(result.recall()).isEqualTo(1);
    }
}
