package io.plumbline.fleet.core.control;

import io.plumbline.contract.wire.Require;
import io.plumbline.fleet.core.enrolment.Member;
import io.plumbline.fleet.core.spec.FleetSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/**
 * A fleet file as it was applied.
 *
 * @param version from 1, rises with every changed file
 * @param text the file, byte for byte
 * @param file what it declares
 * @param spec the same with the gateways that came by invitation: the fleet
 * @param by who applied it, and why
 */
public record FleetVersion(
        long version, Instant appliedAt, String text, FleetSpec file, FleetSpec spec, Authorship by) {

    public FleetVersion {
        Require.that(version >= 1, "version " + version + " must be at least 1");
    }

    /** Without gateways that came by invitation. */
    public FleetVersion(long version, Instant appliedAt, String text, FleetSpec file, Authorship by) {
        this(version, appliedAt, text, file, file, by);
    }

    /** The same file with these gateways, but for those that were removed, whose site is gone, or that it names itself. */
    public FleetVersion joinedBy(Collection<Member> members) {
        var present = members.stream()
                .filter(member -> member.removed().isEmpty())
                .map(Member::joiner)
                .sorted(Comparator.comparing(joiner -> joiner.gateway()))
                .toList();
        return new FleetVersion(version, appliedAt, text, file, file.joinedBy(present), by);
    }
}
