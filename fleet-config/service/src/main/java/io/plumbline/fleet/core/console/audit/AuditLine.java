package io.plumbline.fleet.core.console.audit;

import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.contract.message.Alert;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that somebody did.
 *
 * @param who a name as it was given; nobody proved it unless operators have tokens
 * @param what in a word or two
 * @param subject to what
 * @param why empty if nothing was said
 * @param link to more; empty if there is no more
 */
public record AuditLine(Instant at, String who, String what, String subject, String why, Optional<String> link) {

    private static final Pattern VERSION = Pattern.compile("version (\\d+)");

    static AuditLine of(AuditEntry entry) {
        return new AuditLine(
                entry.at(),
                entry.actor().isBlank() ? "somebody" : entry.actor(),
                entry.action().toLowerCase(Locale.ROOT).replace('_', ' '),
                entry.subject(),
                entry.reason(),
                link(entry));
    }

    private static Optional<String> link(AuditEntry entry) {
        if (entry.action().startsWith("ROLLOUT_")) {
            return Optional.of("/rollouts/" + entry.subject());
        }
        if (entry.subject().startsWith("silence ")) {
            return Optional.of("/alerts#silences-title");
        }
        var version = VERSION.matcher(entry.subject());
        return entry.action().equals("FILE_APPLIED") && version.matches()
                ? Optional.of("/api/v1/fleet/versions/" + version.group(1))
                : Optional.empty();
    }

    /** Empty if nobody looks after it. */
    static Optional<AuditLine> of(Alert alert) {
        return alert.acknowledged()
                .map(said -> new AuditLine(
                        said.at(),
                        said.by(),
                        "alert looked after",
                        alert.because(),
                        said.note(),
                        Optional.of("/alerts#alert-" + alert.id())));
    }
}
