package io.plumbline.quantizer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged models are refused with a reason or rewritten, nothing else. Longer: {@code -Dplumbline.fuzz.minutes=10} damages for
 * ten minutes from a seed of its own and writes what failed into the folder target.
 */
class HostileModelTest {

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root", "."));
    private static final Path BUNDLED = ROOT.resolve("cli/src/main/resources/climate/climate_event_fp32.onnx");
    private static final Path CORPUS = ROOT.resolve("model-registry/quantizer/src/test/resources/hostile");
    private static final int ITERATIONS = 600;
    private static final int ENOUGH = 20;

    @Test
    void damagedModelsAreRefusedWithAReasonOrRewritten() throws IOException {
        // The bundled model alone: with others beside it the same seed would damage other bytes on other machines.
        var mutation = new Mutation(20_260_101, sources(Stream.of(BUNDLED)));
        var rewritten = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            var model = mutation.next();
            try {
                rewritten += Rewrites.tryAll(model) > 0 ? 1 : 0;
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("model " + i + " of this seed is a bug", e);
            }
        }
        assertThat(rewritten).as("damage that gets beyond the parser").isGreaterThan(ITERATIONS / 20);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void whatOnceBrokeARewriteNoLongerDoes(Path model) throws IOException {
        Rewrites.tryAll(Files.readAllBytes(model));
    }

    static Stream<Path> corpus() throws IOException {
        try (var files = Files.list(CORPUS)) {
            return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("sourceFiles")
    void anUndamagedModelIsReadAndWrittenByteForByte(Path model) throws Exception {
        var bytes = Files.readAllBytes(model);
        assertThat(OnnxModel.parse(bytes).toBytes()).isEqualTo(bytes);
    }

    static Stream<Path> sourceFiles() {
        return Stream.of(
                        BUNDLED,
                        ROOT.resolve("../shared/data/models/occ5_fp32.onnx"),
                        ROOT.resolve("../shared/data/models/occ5_qat_qdq.onnx"),
                        ROOT.resolve("../shared/data/models/occ2_qat_qdq.onnx"))
                .filter(Files::exists);
    }

    /** With a static build of the first. */
    private static List<byte[]> sources(Stream<Path> files) throws IOException {
        var sources = new ArrayList<byte[]>();
        for (var file : files.toList()) {
            sources.add(Files.readAllBytes(file));
        }
        sources.add(staticBuild(sources.get(0)));
        return sources;
    }

    /** A source whose damaged forms are recalibrated. */
    private static byte[] staticBuild(byte[] fp32) throws IOException {
        try {
            return Rewrites.statically(OnnxModel.parse(fp32));
        } catch (MalformedModelException | UnsupportedGraphException e) {
            throw new IOException("the climate model has a static build", e);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "plumbline.fuzz.minutes", matches = "[0-9.]+")
    void damagedForAsLongAsAskedTheyAreToo() throws IOException {
        assertThat(bugsWithin(Double.parseDouble(System.getProperty("plumbline.fuzz.minutes"))))
                .isZero();
    }

    /** @param minutes how long */
    public static void main(String[] minutes) throws IOException {
        bugsWithin(Double.parseDouble(minutes[0]));
    }

    private static int bugsWithin(double minutes) throws IOException {
        var end = System.nanoTime() + (long) (minutes * 60e9);
        var seed = System.nanoTime();
        var mutation = new Mutation(seed, sources(sourceFiles()));
        var found = 0;
        var rewritten = 0;
        var count = 0L;
        var slowest = 0L;
        for (; System.nanoTime() < end && found < ENOUGH; count++) {
            var model = mutation.next();
            var start = System.nanoTime();
            try {
                rewritten += Rewrites.tryAll(model) > 0 ? 1 : 0;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                e.printStackTrace();
                Files.write(Path.of("target/found-" + seed + "-" + found++ + ".onnx"), model);
            }
            slowest = Math.max(slowest, System.nanoTime() - start);
        }
        System.out.println(count + " models, " + rewritten + " rewritten, " + found + " bugs, slowest "
                + slowest / 1_000_000 + " ms, seed " + seed);
        return found;
    }
}
