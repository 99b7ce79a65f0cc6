package io.plumbline.fleet.core.post;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What becomes of a letter that still waits when there is a newer one of the same alert to the same sink. Pure. */
public final class Replacement {

    private static final Set<AlertChange> BEGINNINGS =
            EnumSet.of(AlertChange.OPENED, AlertChange.REOPENED, AlertChange.UNSILENCED);
    private static final Set<AlertChange> DETAILS =
            EnumSet.of(AlertChange.UPDATED, AlertChange.REPEATED, AlertChange.ACKNOWLEDGED);
    private static final Set<AlertChange> URGENT = EnumSet.of(AlertChange.RESOLVED, AlertChange.UNSILENCED);

    private Replacement() {}

    /**
     * The letter that waits from now on; empty if none needs to be delivered, because the alert is over before the sink was to hear
     * of it.
     */
    public static Optional<Letter> of(Waiting old, Letter next, Instant now) {
        var before = old.letter();
        var unheard = before.opening() && old.attempts() == 0 && before.due().isAfter(now);
        if (unheard && !next.alert().open()) {
            return Optional.empty();
        }
        var alert = labelled(before.alert(), next.alert());
        // What the sink knows is what it knew before the first of them.
        return Optional.of(new Letter(next.sink(), alert, before.opening(), due(before, next, now)));
    }

    private static Instant due(Letter before, Letter next, Instant now) {
        if (URGENT.contains(next.alert().change())) {
            return now;
        }
        return next.opening() && next.due().isAfter(before.due()) ? next.due() : before.due();
    }

    /** The newer alert; a detail does not hide that the older one, which nobody has heard of yet, began something. */
    public static Alert labelled(Alert before, Alert next) {
        return before.episode() == next.episode()
                        && BEGINNINGS.contains(before.change())
                        && DETAILS.contains(next.change())
                ? next.as(before.change())
                : next;
    }
}
