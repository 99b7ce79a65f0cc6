package io.plumbline.cli;

import static io.plumbline.cli.Tool.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cli.Tool.Said;
import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.Npy;
import io.plumbline.inference.OrtGraphTools;
import io.plumbline.inference.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools for model files as people call them, on the demo's model. */
class ToolsTest {

    @TempDir
    Path folder;

    private Path model;
    private Path samples;

    @BeforeEach
    void prepare() throws IOException {
        model = Files.write(folder.resolve("climate.onnx"), ClimateReadings.resource("climate_event_fp32.onnx"));
        samples = Files.write(
                folder.resolve("samples.npy"), Npy.write(Stretch.indoorSamples(ClimateReadings.bundled(), 300)));
    }

    @Test
    void whatDoesNotFitIntoMemoryIsOneLine() throws IOException {
        // Given
        var huge = folder.resolve("huge.npy");
        try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        // Then
        assertOneLine(run("compare", model, model, "--inputs", huge), "out of memory");
    }

    @Test
    void numbersAreTheSameInEveryCountry() {
        // Given
        var usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);

            // Then
            assertThat(run("bench", model, "--rounds", 1).out()).contains("1.00x");
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void inspectTellsWhatAModelIsMadeOf() {
        var said = run("inspect", model);
        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .startsWith("climate.onnx: fp32, ")
                .contains("input 'window' float [")
                .contains("output 'probabilities' float [")
                .contains("float");
    }

    @Test
    void aStaticBuildIsMadeOfSamplesAndItsReportSaysHowNearItIs() throws IOException {
        // When
        var build = folder.resolve("build.onnx");
        var report = folder.resolve("report.json");
        var said = run(
                "quantize",
                model,
                "-o",
                build,
                "--recipe",
                "static",
                "--calibration",
                samples,
                "--samples",
                64,
                "--report",
                report);

        // Then
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("static-minmax: ").contains("output 'probabilities': agreement ");
        var json = Json.decode(Files.readAllBytes(report), JsonNode.class);
        var figures = json.path("build").path("outputs").path("probabilities");
        assertThat(figures.path("cosine").asDouble()).isGreaterThan(0.99);
        assertThat(figures.path("samples").asInt()).isEqualTo(64);
        assertThat(json.path("build").path("sizeBytes").asLong()).isEqualTo(Files.size(build));
        assertThat(json.path("build").path("latencyMillis").asDouble()).isPositive();
        assertThat(run("inspect", build).out()).contains("int8-static").contains("plumbline.recipe: static-minmax");
    }

    @Test
    void autoTriesRecipesAndKeepsTheBestThatReachesTheGoal() {
        var build = folder.resolve("build.onnx");
        var said = run(
                "quantize",
                model,
                "-o",
                build,
                "--calibration",
                samples,
                "--samples",
                32,
                "--goal",
                "agreement=0.9",
                "--json");
        assertThat(said.exit()).as(said.err()).isZero();
        var json = Json.decode(said.out().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        assertThat(json.path("trials")).hasSize(5);
        assertThat(json.path("int8").asBoolean()).isTrue();
        assertThat(json.path("because").asText()).contains("is the fastest build with agreement of at least 0.9");
    }

    @Test
    void autoSaysWhenNoInt8BuildReachesTheGoal() {
        var build = folder.resolve("build.onnx");
        var said = run("quantize", model, "-o", build, "--goal", "sqnr=90", "--samples", 8);
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).startsWith("plumbline quantize: no INT8 build reaches sqnr of at least 90.0;");
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.out()).contains("no INT8 build reaches sqnr of at least 90.0");
        assertThat(build).doesNotExist();
    }

    @Test
    void compareFindsAModelEqualToItself() {
        var said = run("compare", model, model, "--inputs", samples, "--samples", 20, "--json");
        var json = Json.decode(said.out().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        assertThat(json.path("probabilities").path("agreement").asDouble()).isEqualTo(1);
        assertThat(json.path("probabilities").path("samples").asInt()).isEqualTo(20);
    }

    @Test
    void compareLayersNamesTheTensorsInside() {
        var build = folder.resolve("build.onnx");
        run("quantize", model, "-o", build, "--recipe", "static", "--calibration", samples, "--samples", 32);
        var said = run("compare", model, build, "--inputs", samples, "--layers");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out().lines().count()).isGreaterThan(5);
    }

    @Test
    void benchPutsModelsSideBySide() {
        var said = run("bench", model, model, "--rounds", 1);
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out().lines()).hasSize(3);
        assertThat(said.out()).contains("1.00x");
    }

    @Test
    void aModelWhoseWeightsLieInASecondFileIsUsedLikeAnyOther() throws Exception {
        // Given
        var split = Files.createDirectory(folder.resolve("split")).resolve("climate.onnx");
        OrtGraphTools.optimizeBasic(model, split);
        assertThat(split.resolveSibling("climate.onnx.data")).isNotEmptyFile();
        var whole = Files.size(split) + Files.size(split.resolveSibling("climate.onnx.data"));

        // When
        var out = folder.resolve("builds");
        Files.createDirectory(out);
        for (var recipe : List.of("static", "int8-weights", "fp16")) {
            var said = run(
                    "quantize",
                    split,
                    "-o",
                    out.resolve(recipe + ".onnx"),
                    "--recipe",
                    recipe,
                    "--json",
                    "--calibration",
                    samples,
                    "--samples",
                    32);
            assertThat(said.err()).isEmpty();
            assertThat(said.exit()).isZero();
            assertThat(Json.decode(said.out().getBytes(StandardCharsets.UTF_8), JsonNode.class)
                            .path("sourceBytes")
                            .asLong())
                    .isEqualTo(whole);
        }

        // Then
        assertThat(out.toFile().list()).containsExactlyInAnyOrder("static.onnx", "int8-weights.onnx", "fp16.onnx");
        var compared = run("compare", split, out.resolve("static.onnx"), "--inputs", samples, "--layers");
        assertThat(compared.exit()).as(compared.err()).isZero();
        assertThat(run("bench", split, out.resolve("static.onnx"), "--rounds", 1)
                        .exit())
                .isZero();
        assertThat(run("inspect", split).out()).startsWith("climate.onnx: fp32, ");
    }

    @Test
    void aModelThatIsQuantizedAlreadyKeepsItsRanges() throws IOException {
        // Given
        var build = folder.resolve("build.onnx");
        run("quantize", model, "-o", build, "--recipe", "static", "--calibration", samples, "--samples", 32);

        // When
        var again = folder.resolve("again.onnx");
        var said = run("quantize", build, "-o", again, "--inputs", samples, "--samples", 32);

        // Then
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out())
                .startsWith("the model is quantized already: its ranges stay")
                .contains("cosine 1.00000");
        assertThat(Files.size(again)).isLessThanOrEqualTo(Files.size(build) + 200);
        assertOneLine(run("quantize", build, "-o", again, "--recipe", "dynamic"), "recipe qat-import keeps its ranges");
    }

    @Test
    void aBuildIsCalibratedAgainFromItselfAloneAndItsReportComparesBothRanges() throws IOException {
        // Given
        var build = folder.resolve("build.onnx");
        run("quantize", model, "-o", build, "--recipe", "static", "--calibration", samples, "--samples", 32);
        var fresh = indoorPlus(6);

        // When
        var again = folder.resolve("again.onnx");
        var said = run("quantize", build, "-o", again, "--recipe", "recalibrate", "--calibration", fresh, "--json");

        // Then
        assertThat(said.exit()).as(said.err()).isZero();
        var trials = said.json().path("trials");
        assertThat(trials).hasSize(2);
        assertThat(sqnr(trials.get(1))).isGreaterThan(sqnr(trials.get(0)) + 10);
        assertThat(Files.size(again)).isBetween(Files.size(build), Files.size(build) + 300);
        assertThat(run("inspect", again).out())
                .contains("int8-static")
                .contains("plumbline.recipe: recalibrate-minmax")
                .contains("plumbline.parent: sha256:");
    }

    private Path indoorPlus(float shift) throws IOException {
        var indoor = Stretch.indoorSamples(ClimateReadings.bundled(), 300);
        var shifted = indoor.toArray();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += shift;
        }
        return Files.write(folder.resolve("plus" + shift + ".npy"), Npy.write(Tensor.of(indoor.shape(), shifted)));
    }

    private static double sqnr(JsonNode trial) {
        return trial.path("outputs").path("probabilities").path("sqnrDb").asDouble();
    }

    @Test
    void whatCannotBeCalibratedAgainIsSaid() throws IOException {
        var build = folder.resolve("build.onnx");
        var recalibrate = List.of("-o", build, "--recipe", "recalibrate", "--calibration", samples);
        assertOneLine(quantize(model, recalibrate), "climate.onnx: no activation is quantized over a constant range");
        run("quantize", model, "-o", build, "--recipe", "static", "--calibration", samples, "--samples", 32);
        var again = folder.resolve("again.onnx");
        var other = List.of("-o", again, "--recipe", "recalibrate", "--calibration", samples);
        assertOneLine(quantize(build, other, "--blend", 2), "share 2.0 must be in (0, 1]");
        assertOneLine(quantize(build, other, "--exclude", "a"), "--recipe recalibrate cannot leave nodes in float");
        var world = List.of("-o", again, "--recipe", "recalibrate", "--calibration", indoorPlus(15));
        assertOneLine(quantize(build, world), "tensor 'act0' was seen from ");
        assertOneLine(quantize(build, List.of("-o", again, "--recipe", "recalibrate")), "needs calibration samples");
        assertThat(again).doesNotExist();
        assertThat(quantize(build, world, "--most-growth", 20).exit()).isZero();
    }

    private static Said quantize(Path model, List<?> words, Object... more) {
        var all = new ArrayList<Object>(List.of("quantize", model));
        all.addAll(words);
        all.addAll(List.of(more));
        return run(all.toArray());
    }

    @Test
    void aTargetDecidesTheBytesAndTheReportSaysWhatTheyAreRightFor() throws IOException {
        for (var target : List.of("x64-vnni", "x64", "arm64", "any")) {
            var build = folder.resolve(target + ".onnx");
            var said = run(
                    "quantize",
                    model,
                    "-o",
                    build,
                    "--recipe",
                    "static",
                    "--target",
                    target,
                    "--calibration",
                    samples,
                    "--samples",
                    32);
            assertThat(said.exit()).as(said.err()).isZero();
            var exact = target.equals("x64") || target.equals("any");
            assertThat(said.out())
                    .contains("x64 without VNNI: " + (exact ? "right" : "not exact"))
                    .contains("this machine: ");
        }
        assertThat(folder.resolve("x64.onnx")).hasSameBinaryContentAs(folder.resolve("any.onnx"));
        assertThat(Files.mismatch(folder.resolve("x64.onnx"), folder.resolve("x64-vnni.onnx")))
                .isNotNegative();
        assertThat(Files.mismatch(folder.resolve("arm64.onnx"), folder.resolve("x64-vnni.onnx")))
                .isNotNegative();
        assertOneLine(
                run("quantize", model, "-o", folder.resolve("no"), "--target", "z80"), "--target z80 must be one of");
    }

    @Test
    void mistakesAreOneLineThatNamesThem() throws IOException {
        assertOneLine(run("inspect", folder.resolve("none.onnx")), "none.onnx does not exist");
        assertOneLine(run("inspect", folder), folder + " is no file");
        assertOneLine(run("inspect", samples), "not an ONNX model");
        var build = folder.resolve("build.onnx");
        assertOneLine(run("quantize", model, "-o", build, "--recipe", "static"), "needs calibration samples");
        assertOneLine(run("quantize", model, "-o", build, "--recipe", "magic"), "--recipe magic must be one of");
        assertThat(run("quantize", model, "-o", build, "--recipe", "magic").exit())
                .isEqualTo(2);
        assertOneLine(run("quantize", model, "-o", build, "--goal", "cosine=NaN"), "'NaN' must be a number");
        assertThat(run("quantize", model, "-o", build, "--blend", "0").exit()).isEqualTo(2);
        assertOneLine(run("quantize", model, "-o", build, "--goal", "beauty=1"), "--goal beauty=1 must be");
        assertOneLine(run("compare", model, model, "--inputs", model), "of no known kind");
        assertOneLine(run("compare", model, model, "--inputs", folder.resolve("none.npy")), "none.npy does not exist");
        assertOneLine(
                run("quantize", model, "-o", build, "--recipe", "static", "--calibrator", "magic"),
                "quantize: --calibrator 'magic' is not known");
        assertOneLine(run("quantize", model, "-o", build, "--goal", "detections=0.9"), "needs images and the card");
        assertOneLine(run("quantize", model, "-o", build, "--samples", 0), "0 must be a whole number of at least 1");
        assertOneLine(run("bench", model, "--rounds", -1), "-1 must be a whole number of at least 1");
        assertOneLine(run("bench", model, "--threads", "two"), "two must be a whole number of at least 1");
        var csv = Files.writeString(folder.resolve("rows.csv"), "humidity,temperature\n1,2\n3,warm\n");
        assertOneLine(run("compare", model, model, "--inputs", csv), "line 3, column 2: 'warm' is no number");
    }

    @Test
    void whatIsNoModelIsSaidByEveryTool() throws IOException {
        var text = Files.writeString(folder.resolve("text.onnx"), "hello\n");
        var build = folder.resolve("build.onnx");
        for (var said : List.of(
                run("inspect", text),
                run("quantize", text, "-o", build),
                run("compare", model, text, "--inputs", samples),
                run("bench", text))) {
            assertOneLine(said, "text.onnx: not an ONNX model: at byte 3 of 6");
        }
    }

    @Test
    void whereABuildCannotGoIsSaidBeforeTheWorkBegins() throws IOException {
        // Given
        var before = Files.readAllBytes(model);

        // Then
        assertOneLine(run("quantize", model, "-o", model, "--recipe", "dynamic"), "would overwrite the model");
        var same = folder.resolve("same.onnx");
        assertOneLine(
                run("quantize", model, "-o", same, "--recipe", "dynamic", "--report", same),
                "would overwrite the model " + same);
        assertOneLine(run("quantize", model, "-o", folder), "is a folder: give the name of a file in it");
        assertOneLine(run("quantize", model, "-o", folder.resolve("no/build.onnx")), "no: make it first");
        var build = folder.resolve("build.onnx");
        assertOneLine(run("quantize", model, "-o", build, "--report", folder.resolve("no/r.json")), "make it first");
        assertThat(model).hasBinaryContent(before);
        assertThat(build).doesNotExist();
    }

    @Test
    void withoutCalibrationTheSearchSaysWhatItCouldNotTry() {
        var said = run("quantize", model, "-o", folder.resolve("build.onnx"), "--samples", 8);
        assertThat(said.out()).contains("warning: static recipes, the only ones for convolutions, were not tried");
    }

    private static void assertOneLine(Said said, String part) {
        assertThat(said.exit()).isNotZero();
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err()).contains(part);
    }
}
