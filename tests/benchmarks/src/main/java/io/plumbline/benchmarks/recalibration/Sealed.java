package io.plumbline.benchmarks.recalibration;

import io.plumbline.support.Leaks;
import java.util.List;

/**
 * What was looked at of all that left the gateways.
 *
 * @param found what should have stayed, and where it was seen
 * @param looks records, headers and bodies
 * @param bytes of them
 */
public record Sealed(List<String> found, long looks, long bytes) {

    static Sealed of(Leaks leaks) {
        return new Sealed(leaks.found(), leaks.looks(), leaks.bytes());
    }
}
