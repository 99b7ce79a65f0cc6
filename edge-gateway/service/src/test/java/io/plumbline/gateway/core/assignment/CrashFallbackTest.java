package io.plumbline.gateway.core.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.gateway.adapter.disk.SlotFile;
import io.plumbline.gateway.core.slots.Slots;
import io.plumbline.gateway.testing.FakeFleet;
import io.plumbline.gateway.testing.FakeRegistry;
import io.plumbline.gateway.testing.Motes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CrashFallbackTest {

    @TempDir
    private Path folder;

    private final FakeRegistry registry = new FakeRegistry();
    private final FakeFleet fleet = new FakeFleet();

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(Process::destroyForcibly);
        registry.close();
        fleet.close();
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aProcessThatABuildTookDownComesBackWithTheLastGoodOneWithoutTheNetwork() throws Exception {
        // Given
        registry.trustRoot(folder.resolve("trust.json"));
        var good = registry.pushSigned("good");
        var deadly = registry.pushSigned("deadly");
        fleet.assign(assignment(1, good));
        var first = start();
        expect(first, "runs " + good);
        await().atMost(Duration.ofSeconds(15)).until(() -> slots().good().isPresent());

        // When
        fleet.assign(assignment(2, deadly));
        assertThat(first.waitFor()).isEqualTo(134);
        registry.close();
        fleet.close();
        var second = start();

        // Then
        var refusal = expect(second, "refused " + deadly);
        assertThat(refusal).contains(" 2 the gateway ended without notice while it tried this build");
        expect(second, "runs " + good);
        expect(second, "offline");
        second.destroyForcibly().waitFor();
        assertThat(slots().generation()).isEqualTo(2);
        assertThat(slots().good().orElseThrow().generation()).isEqualTo(1);
    }

    private Slots slots() {
        try {
            return new SlotFile(folder.resolve("slots.json")).load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingGateway.class.getName(),
                        folder.toString(),
                        registry.url().toString(),
                        fleet.url().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        return process;
    }

    private static String expect(Process process, String beginning) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException("the process ended before it said: " + beginning);
    }

    private static Assignment assignment(long generation, Digest build) {
        var stream = Motes.stream("any");
        return new Assignment(
                new GatewayId("gw-north"), new SiteId("north"), generation, List.of(stream.withBuild(build)));
    }
}
