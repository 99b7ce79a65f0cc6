package io.plumbline.gateway.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.testing.Records;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KilledWriterTest {

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void kill() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyRecordThatWasSaidToBeDurableSurvivesSigkillAgainAndAgain() throws Exception {
        for (int round = 1; round <= 3; round++) {
            // Given
            var promised = writeUntilKilled(150 * round);

            // When
            var found = new ArrayList<Integer>();
            try (var log = SegmentedLog.open(folder, new LogLimits(20_000, 1L << 40))) {
                log.replay(0, record -> found.add(Records.number(record)));
            }

            // Then
            assertThat(found).hasSizeGreaterThanOrEqualTo(promised);
            assertThat(found).isEqualTo(IntStream.range(0, found.size()).boxed().toList());
        }
    }

    private int writeUntilKilled(int appends) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        var promised = 0;
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < appends; i++) {
                promised = Integer.parseInt(lines.readLine());
            }
            process.toHandle().destroyForcibly();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                promised = Integer.parseInt(line);
            }
        }
        process.waitFor();
        return promised;
    }
}
