package io.plumbline.fleet.core.control;

import io.plumbline.contract.wire.Require;
import io.plumbline.fleet.core.spec.FleetSpec;
import java.time.Instant;

/**
 * A fleet file as it was applied.
 *
 * @param version from 1, rises with every changed file
 * @param text the file, byte for byte
 * @param by who applied it, and why
 */
public record FleetVersion(long version, Instant appliedAt, String text, FleetSpec spec, Authorship by) {

    public FleetVersion {
        Require.that(version >= 1, "version " + version + " must be at least 1");
    }
}
