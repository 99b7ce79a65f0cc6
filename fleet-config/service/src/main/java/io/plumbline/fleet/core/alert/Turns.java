package io.plumbline.fleet.core.alert;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.Alert.Acknowledgement;
import io.plumbline.contract.message.Alert.Resolution;
import io.plumbline.contract.message.AlertChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The turns in the life of an alert. Pure. */
final class Turns {

    private Turns() {}

    /** A trouble that is not known yet. */
    static Alert opened(Trouble trouble, Instant now) {
        return first(trouble, Math.max(1, now.getEpochSecond()), 1, now);
    }

    /** A trouble that is known: open, over for a while, or history. */
    static Alert seen(Alert known, Trouble trouble, Duration hold, Instant now) {
        var over = known.resolved();
        if (over.isPresent() && !over.get().at().plus(hold).isAfter(now)) {
            return first(trouble, known.revision() + 1, known.episode() + 1, now);
        }
        return new Alert(
                known.id(),
                known.revision() + 1,
                known.episode(),
                known.kind(),
                known.severity(),
                over.isPresent() ? AlertChange.REOPENED : AlertChange.UPDATED,
                known.subject(),
                trouble.because(),
                trouble.proof(),
                known.count() + 1,
                known.openedAt(),
                now,
                known.acknowledged(),
                known.silencedBy(),
                Optional.empty());
    }

    static Alert acknowledged(Alert alert, Acknowledgement by) {
        return turned(alert, AlertChange.ACKNOWLEDGED, Optional.of(by), alert.silencedBy(), alert.resolved());
    }

    static Alert silenced(Alert alert, String by) {
        return turned(alert, AlertChange.SILENCED, alert.acknowledged(), Optional.of(by), alert.resolved());
    }

    static Alert unsilenced(Alert alert) {
        return turned(alert, AlertChange.UNSILENCED, alert.acknowledged(), Optional.empty(), alert.resolved());
    }

    static Alert repeated(Alert alert) {
        return turned(alert, AlertChange.REPEATED, alert.acknowledged(), alert.silencedBy(), alert.resolved());
    }

    static Alert resolved(Alert alert, String because, Instant now) {
        var resolution = Optional.of(new Resolution(now, because));
        return turned(alert, AlertChange.RESOLVED, alert.acknowledged(), Optional.empty(), resolution);
    }

    private static Alert first(Trouble trouble, long revision, long episode, Instant now) {
        return new Alert(
                trouble.id(),
                revision,
                episode,
                trouble.kind(),
                trouble.kind().severity(),
                AlertChange.OPENED,
                trouble.subject(),
                trouble.because(),
                trouble.proof(),
                1,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Alert turned(
            Alert alert,
            AlertChange change,
            Optional<Acknowledgement> acknowledged,
            Optional<String> silencedBy,
            Optional<Resolution> resolved) {
        return new Alert(
                alert.id(),
                alert.revision() + 1,
                alert.episode(),
                alert.kind(),
                alert.severity(),
                change,
                alert.subject(),
                alert.because(),
                alert.proof(),
                alert.count(),
                alert.openedAt(),
                alert.lastSeen(),
                acknowledged,
                silencedBy,
                resolved);
    }
}
