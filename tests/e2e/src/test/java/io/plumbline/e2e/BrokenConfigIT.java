package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenConfigIT {

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root"));

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
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + property + "=" + value,
                        "-Dplumbline.gateway.id=gw",
                        "-Dplumbline.gateway.site=here",
                        "-Dquarkus.http.port=0",
                        "-jar",
                        jar.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        // Then
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(said.lines()).as(said).hasSize(1);
        assertThat(said).contains(property).contains("'" + value + "'").contains("must");
    }
}
