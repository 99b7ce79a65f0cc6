package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.option.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    private static final int INVALID_INPUT = 2;

    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    demo --turns 0                        | plumbline demo: --turns 0 must be at least 1; see plumbline demo --help
                    demo --turns many                     | plumbline demo: Invalid value for option '--turns': 'many' is not an int; see plumbline demo --help
                    demo --duration soon                  | plumbline demo: Invalid value for option '--duration': 'soon' must be a number of seconds or minutes, such as 300s or 5m; see plumbline demo --help
                    demo --duration 30s                   | plumbline demo: --duration 30s is too short for 1 turns: at least 81s are needed; see plumbline demo --help
                    demo --loops 3                        | plumbline demo: Unknown options: '--loops', '3'; see plumbline demo --help
                    demo --turns                          | plumbline demo: Missing required parameter for option '--turns' (<turns>); see plumbline demo --help
                    demo --kafka-port 0                   | plumbline demo: --kafka-port 0 must be between 1 and 65535; see plumbline demo --help
                    demo --mqtt-port 70000                | plumbline demo: --mqtt-port 70000 must be between 1 and 65535; see plumbline demo --help
                    dance                                 | plumbline: unknown command 'dance': must be one of demo, quantize, inspect, compare, bench, explain, drift, label, apply, diff, get, export, gateway, alerts, recalibrate, recalibrations, rollout, model, trust, completion; see plumbline --help
                    --loud                                | plumbline: Unknown option: '--loud'; see plumbline --help
                    ''                                    | plumbline: no command given: must be one of demo, quantize, inspect, compare, bench, explain, drift, label, apply, diff, get, export, gateway, alerts, recalibrate, recalibrations, rollout, model, trust, completion; see plumbline --help
                    gateway                               | plumbline gateway: no command given: must be one of invite, list, remove; see plumbline gateway --help
                    rollout                               | plumbline rollout: no command given: must be one of start, list, show, watch, pause, resume, approve, abort, explain; see plumbline rollout --help
                    model                                 | plumbline model: no command given: must be one of push, list, show, pull, from, where, ran, forget, sign, verify; see plumbline model --help
                    trust                                 | plumbline trust: no command given: must be one of keys, revoke, floor; see plumbline trust --help
                    trust dance                           | plumbline trust: unknown command 'dance': must be one of keys, revoke, floor; see plumbline trust --help
                    """)
    void aWrongCommandLineIsRefusedInOneLine(String words, String line) {
        // When
        var code = words.isEmpty() ? run() : run(words.split(" "));

        // Then
        assertThat(err.toString()).isEqualTo(line + System.lineSeparator());
        assertThat(code).isEqualTo(INVALID_INPUT);
    }

    @Test
    void aTakenPortIsRefusedBeforeAnythingStarts() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When
            var code = run("demo", "--http-port", String.valueOf(taken.getLocalPort()));

            // Then
            assertThat(err.toString().lines())
                    .containsExactly("plumbline demo: --http-port " + taken.getLocalPort()
                            + " cannot be used: it is taken; choose another, or leave the option out;"
                            + " see plumbline demo --help");
            assertThat(code).isEqualTo(INVALID_INPUT);
        }
    }

    @Test
    void aReportInAFolderThatDoesNotExistIsRefusedBeforeAnythingStarts() {
        // When
        var missing = folder.resolve("missing");
        var code = run("demo", "--report", missing.resolve("report.json").toString());

        // Then
        assertThat(err.toString().lines())
                .containsExactly("plumbline demo: --report " + missing.resolve("report.json")
                        + " cannot be written: there is no folder " + missing
                        + "; create it first; see plumbline demo --help");
        assertThat(code).isEqualTo(INVALID_INPUT);
        assertThat(missing).doesNotExist();
    }

    @Test
    void dataOfAnotherRunIsRefusedSinceItWouldBeCountedToo() throws IOException {
        // Given
        Files.createDirectory(folder.resolve("kafka"));

        // When
        var code = run("demo", "--data", folder.toString());

        // Then
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("--data " + folder + " must be new or empty");
        assertThat(code).isEqualTo(INVALID_INPUT);
    }

    @Test
    void aFileForDataIsRefused() throws IOException {
        // Given
        var file = Files.createFile(folder.resolve("file"));

        // When
        var code = run("demo", "--data", file.toString());

        // Then
        assertThat(err.toString().lines()).singleElement().asString().contains("--data " + file + " must be a folder");
        assertThat(code).isEqualTo(INVALID_INPUT);
    }

    @Test
    void aReportThatIsAFolderIsRefused() {
        // When
        var code = run("demo", "--report", folder.toString());

        // Then
        assertThat(err.toString())
                .startsWith("plumbline demo: --report " + folder + " cannot be written: it is a folder");
        assertThat(code).isEqualTo(INVALID_INPUT);
    }

    private int run(String... words) {
        return Main.commandLine(new Surroundings(Map.of(), Path.of("/nonexistent")))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }
}
