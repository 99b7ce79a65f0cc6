package io.plumbline.benchmarks.real;

import io.plumbline.benchmarks.Figures;
import java.nio.file.Files;
import java.nio.file.Path;

/** All real series; those whose files are not on this machine are left out, and a line says so. */
public final class RealDrift {

    private RealDrift() {}

    public static void measure(Figures figures) {
        try {
            Motes.measure(figures);
            var data = Path.of(System.getProperty("plumbline.root")).resolve("../shared/data");
            if (Files.isDirectory(data)) {
                Rooms.measure(data, figures);
                Aisle.measure(data, figures);
            } else {
                System.err.println(data + " is not there: the room and the aisle are left out");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a real series cannot be played: " + e.getMessage(), e);
        }
    }
}
