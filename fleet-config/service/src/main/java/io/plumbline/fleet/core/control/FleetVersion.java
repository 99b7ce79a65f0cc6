package io.plumbline.fleet.core.control;

import io.plumbline.contract.wire.Require;
import io.plumbline.fleet.core.enrolment.Member;
import io.plumbline.fleet.core.spec.FleetSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

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

    /** A file was made for another version than the one in force. */
    public static final class OvertakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OvertakenException(String message) {
            super(message);
        }
    }

    /** @throws OvertakenException unless this version is in force, or, for 0, none */
    static void require(Optional<FleetVersion> inForce, long expected) {
        var version = inForce.map(FleetVersion::version).orElse(0L);
        if (version != expected) {
            var what = inForce.map(one -> "version " + version + " is in force, which "
                            + (one.by().author().isEmpty()
                                    ? "somebody"
                                    : one.by().author()) + " applied at " + one.appliedAt())
                    .orElse("no fleet file is in force");
            throw new OvertakenException(what + ", and the file was made for version " + expected
                    + ": nothing was changed; compare the file with what is in force (plumbline diff), then apply it onto "
                    + version);
        }
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
