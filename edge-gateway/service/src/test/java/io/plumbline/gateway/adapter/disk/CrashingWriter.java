package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.testing.Records;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own: appends for ever and says, after each append returned, how many records must survive. */
final class CrashingWriter {

    private CrashingWriter() {}

    public static void main(String[] arguments) throws IOException {
        try (var log = SegmentedLog.open(Path.of(arguments[0]), new LogLimits(20_000, 1L << 40))) {
            var next = (int) log.end();
            while (true) {
                var count = 1 + next % 7;
                log.append(Records.letters(next, count));
                next += count;
                System.out.println(next);
                System.out.flush();
            }
        }
    }
}
