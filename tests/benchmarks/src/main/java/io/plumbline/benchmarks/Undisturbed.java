package io.plumbline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Measures again what the machine disturbed: a host that gives the processors to other guests for a moment (steal time in
 * {@code /proc/stat}) makes every delay of that moment its own. How often that was, and how much was taken from what counts, are
 * figures too.
 */
final class Undisturbed {

    /** Of the time of all processors. */
    private static final double MOST_STOLEN = 0.02;

    private static final int MOST_TRIES = 5;
    private static final int STOLEN_FIELD = 8;
    private static final Path TIMES = Path.of("/proc/stat");

    private Undisturbed() {}

    /** One measurement. */
    interface Measurement<T> {
        T run() throws Exception;
    }

    /** @param kept gets the first result that was not disturbed, or the last of {@value #MOST_TRIES} */
    static <T> void measure(Figures figures, Measurement<T> measurement, Consumer<T> kept) throws Exception {
        for (int left = MOST_TRIES - 1; ; left--) {
            var before = Times.now();
            var result = measurement.run();
            var stolen = Times.now().stolenSince(before);
            if (stolen <= MOST_STOLEN || left == 0) {
                figures.add("stolenPercent", 100 * stolen);
                kept.accept(result);
                return;
            }
            System.out.printf("measured again: %.0f %% of the processors' time went to other guests%n", 100 * stolen);
            figures.add("stolenPercentMeasuredAgain", 100 * stolen);
        }
    }

    /** Ticks of all processors since the machine started. */
    private record Times(long all, long stolen) {

        /** Nothing is known to be stolen where there is no such file. */
        private static Times now() throws IOException {
            if (!Files.isReadable(TIMES)) {
                return new Times(0, 0);
            }
            try (var lines = Files.newBufferedReader(TIMES)) {
                var fields = lines.readLine().trim().split("\\s+");
                var all = 0L;
                for (int i = 1; i <= STOLEN_FIELD; i++) {
                    all += Long.parseLong(fields[i]);
                }
                return new Times(all, Long.parseLong(fields[STOLEN_FIELD]));
            }
        }

        private double stolenSince(Times before) {
            return all == before.all ? 0 : (double) (stolen - before.stolen) / (all - before.all);
        }
    }
}
