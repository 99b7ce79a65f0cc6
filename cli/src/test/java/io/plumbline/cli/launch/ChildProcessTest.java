package io.plumbline.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir
    Path logs;

    @Test
    void aDeadProcessIsReportedInOneLineWithItsLastWords() throws LaunchException {
        // Given
        var child = shell("echo first; echo 'port 5 is taken'; echo '\tat some.Trace'; exit 3");

        // When
        Awaitility.await().until(() -> !child.isAlive());

        // Then
        assertThatThrownBy(child::requireAlive)
                .isInstanceOf(LaunchException.class)
                .hasMessage("child ended with exit code 3: port 5 is taken; its log is " + logs.resolve("child.log"));
    }

    @Test
    void whatAnEarlierProcessSaidIsNotTakenForThisOnes() throws Exception {
        // Given
        Files.writeString(logs.resolve("child.log"), "ready\n");

        // When
        var child = shell("read line");

        // Then
        assertThat(child.hasSaid("ready")).isFalse();
        child.stop(Duration.ofSeconds(5));
    }

    @Test
    void aProcessThatDoesNotStopIsKilled() throws Exception {
        // Given
        var child = shell("trap '' TERM; echo ready; while true; do read line; done");
        Awaitility.await().until(() -> child.hasSaid("ready"));

        // When
        child.stop(Duration.ofMillis(100));

        // Then
        assertThat(child.isAlive()).isFalse();
    }

    private ChildProcess shell(String script) throws LaunchException {
        return ChildProcess.start("child", List.of("/bin/sh", "-c", script), logs);
    }
}
