package io.plumbline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningGatewayTest {

    /** A process of its own, one of whose threads dies. */
    static final class Broken {

        private Broken() {}

        public static void main(String[] arguments) throws InterruptedException {
            var thread = RunningGateway.daemon("reading-path", () -> {
                throw new OutOfMemoryError("too large a reading");
            });
            thread.start();
            TimeUnit.MINUTES.sleep(1);
        }
    }

    @Test
    void theEndOfOneThreadEndsTheProcess() throws Exception {
        // When
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Broken.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        // Then
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(70);
        } finally {
            process.destroyForcibly();
        }
    }
}
