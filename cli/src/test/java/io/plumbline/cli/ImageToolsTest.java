package io.plumbline.cli;

import static io.plumbline.cli.Tool.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.Tool.Said;
import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.support.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools on a detector and folders of images, as people call them. */
class ImageToolsTest {

    @TempDir
    Path folder;

    private Path model;
    private Path images;

    @BeforeEach
    void prepare() throws IOException {
        var onnx = SharedFiles.require("models/ultraface_slim_320.onnx");
        model = Files.copy(onnx, folder.resolve("face.onnx"));
        var card = Path.of(System.getProperty("plumbline.root"), "docs/examples/ultraface.yaml");
        Files.copy(card, folder.resolve("model.yaml"));
        images = Files.createDirectory(folder.resolve("images"));
        var frames = SharedFiles.require("camera/corridor_walk");
        for (int i = 0; i < 30; i += 3) {
            var name = "f%05d.jpg".formatted(i);
            Files.copy(frames.resolve(name), images.resolve(name));
        }
    }

    @Test
    void aDetectorIsCalibratedOnAFolderAndFindsWhatFp32Finds() {
        // When
        var build = folder.resolve("build.onnx");
        var quantized = run("quantize", model, "-o", build, "--recipe", "static", "--calibration", images);
        var compared = run("compare", model, build, "--inputs", images, "--json");

        // Then
        assertThat(quantized.exit()).as(quantized.err()).isZero();
        assertThat(quantized.out())
                .contains("detections: AP50 ")
                .contains("calibrated on 10 samples")
                .contains("warning: inputs that had a value of their own are constants in the build: ");
        assertThat(compared.exit()).as(compared.err()).isZero();
        assertThat(compared.err()).isEmpty();
        var agreement = compared.json().path("detectionAgreement");
        assertThat(agreement.path("images").asInt()).isEqualTo(10);
        assertThat(agreement.path("ap50").asDouble()).isBetween(0.8, 1.0);
        assertThat(agreement.path("boxes").asInt()).isGreaterThan(5);
        assertThat(compared.json().path("scores").path("samples").asInt()).isEqualTo(10);
    }

    @Test
    void aDetectorCalibratedByNightFindsAgainOnceItIsCalibratedByDay() throws IOException {
        // Given
        var detector = SharedFiles.require("models/fastestdet_coco_352.onnx");
        var card = Path.of(System.getProperty("plumbline.root"), "docs/examples/fastestdet.yaml");
        var night = some("camera/corrupted", ".*night4.*", 12);
        var day = some("camera/coco_train_calib", ".*", 32);
        var scenes = some("camera/coco_val_eval", ".*", 24);
        var build = folder.resolve("night.onnx");
        run("quantize", detector, "-o", build, "--recipe", "static", "--calibration", night, "--card", card);

        // When
        var again = folder.resolve("day.onnx");
        var said = run("quantize", build, "-o", again, "--recipe", "recalibrate", "--calibration", day, "--card", card);

        // Then
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(ap50(detector, build, scenes, card)).isLessThan(0.6);
        assertThat(ap50(detector, again, scenes, card)).isGreaterThan(0.9);
    }

    private static double ap50(Path fp32, Path build, Path scenes, Path card) {
        var said = run("compare", fp32, build, "--inputs", scenes, "--card", card, "--json");
        return said.json().path("detectionAgreement").path("ap50").asDouble();
    }

    private Path some(String shared, String name, int most) throws IOException {
        var chosen = Files.createDirectory(folder.resolve(shared.replace('/', '-')));
        try (var files = Files.list(SharedFiles.require(shared))) {
            for (var file : files.filter(one -> one.toString().matches(name + "\\.(jpg|png)"))
                    .sorted()
                    .limit(most)
                    .toList()) {
                Files.copy(file, chosen.resolve(file.getFileName()));
            }
        }
        return chosen;
    }

    @Test
    void theGoalMayBeWhatIsDetected() {
        var build = folder.resolve("build.onnx");
        var said = run(
                "quantize", model, "-o", build, "--calibration", images, "--samples", 4, "--goal", "detections=0.5");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("build with detections of at least 0.5");
    }

    @Test
    void imagesThatCannotBeReadAreNamedAndLeftOut() throws IOException {
        // Given
        var whole = Files.readAllBytes(images.resolve("f00003.jpg"));
        Files.write(images.resolve("f00004.jpg"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(images.resolve("note.png"), "no image");

        // When
        var said = run("compare", model, model, "--inputs", images);

        // Then
        assertThat(said.exit()).isZero();
        assertThat(said.err().strip())
                .isEqualTo("warning: 2 of 12 images cannot be read and are left out: f00004.jpg is cut off after "
                        + whole.length / 2 + " bytes; note.png is neither JPEG nor PNG");
        assertThat(said.out()).contains("detections: AP50 1.00000").contains("in 10 images");
    }

    @Test
    void benchTimesModelsOnImages() {
        var said = run("bench", model, "--inputs", images, "--rounds", 1);
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("face.onnx");
    }

    @Test
    void mistakesAreOneLineThatNamesThem() throws IOException {
        var empty = Files.createDirectory(folder.resolve("empty"));
        assertOneLine(run("compare", model, model, "--inputs", empty), "holds no images: give a folder with .jpg");
        Files.writeString(empty.resolve("a.jpg"), "no image");
        assertOneLine(run("compare", model, model, "--inputs", empty), "a.jpg is neither JPEG nor PNG");
        var other = Path.of(System.getProperty("plumbline.root"), "docs/examples/fastestdet.yaml");
        assertOneLine(
                run("compare", model, model, "--inputs", images, "--card", other),
                "face.onnx takes 'input' of shape [1, 3, 240, 320]: give the card of this model");
        var climate = Files.write(folder.resolve("climate.onnx"), ClimateReadings.resource("climate_event_fp32.onnx"));
        for (var said : List.of(run("compare", model, climate, "--inputs", images), run("bench", model, climate))) {
            assertOneLine(said, "takes [window], but the first model takes [input]: give builds of one model");
        }
        Files.delete(folder.resolve("model.yaml"));
        assertOneLine(run("compare", model, model, "--inputs", images), "give --card model.yaml");
        var broken = Files.writeString(folder.resolve("model.yaml"), "model: x");
        assertOneLine(run("compare", model, model, "--inputs", images), broken + ": model card: task is missing");
    }

    private static void assertOneLine(Said said, String part) {
        assertThat(said.exit()).isNotZero();
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err()).contains(part);
    }
}
