package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenConfigIT {

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root"));

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "edge-gateway, plumbline.gateway.mqtt-url, foo",
        "stream-processor, plumbline.processor.horizon, soon",
        "model-registry, plumbline.registry.task-timeout, -PT1S",
        "fleet-config, plumbline.fleet.silent-after, never"
    })
    void aBrokenSettingEndsTheStartWithOneLineThatNamesIt(String module, String property, String value)
            throws IOException, InterruptedException {
        // When
        var jar = ROOT.resolve(module).resolve("service/target/quarkus-app/quarkus-run.jar");
        var errors = folder.resolve("stderr");
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + property + "=" + value,
                "-Dplumbline.gateway.id=gw",
                "-Dplumbline.gateway.site=here",
                "-Dquarkus.http.port=0",
                "-jar",
                jar.toString()));
        if (Runtime.version().feature() >= 23) {
            // As the launcher does: newer Java warns of Netty and RocksDB on standard error.
            words.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        var builder = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        // Java repeats these on standard error.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        var process = builder.start();

        // Then
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        var said = Files.readString(errors).strip();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(said.lines()).as(said).hasSize(1);
        assertThat(said).contains(property).contains("'" + value + "'").contains("must");
    }
}
