package io.plumbline.fleet.adapter.store;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.T0;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.database.Database;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.BookChange;
import io.plumbline.fleet.core.alert.Mark;
import io.plumbline.fleet.core.post.Letter;
import io.plumbline.fleet.testing.Alerts;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The tables of alerts, and how to fill them. */
class AlertTables extends EitherDatabase {

    final MutableClock clock = new MutableClock(T0);

    static Letter letter(long revision, AlertChange change, boolean opening, Instant due) {
        return new Letter("ops", Alerts.alert(revision, change), opening, due);
    }

    static Alert alert(int site, AlertChange change) {
        return Alerts.alert(Alert.Subject.of(MODEL, BASELINE, new SiteId("site-" + site)), 1, change);
    }

    void post(Database database, Letter letter) {
        store(database).commit(change(AlertBook.EMPTY, List.of(), List.of(), List.of(), List.of(letter)));
    }

    void hold(Database database, String alert, Instant until) {
        store(database)
                .commit(new BookChange(
                        AlertBook.EMPTY,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new BookChange.Hold(alert, until)),
                        Set.of(),
                        Set.of(),
                        T0));
    }

    static BookChange change(
            AlertBook after,
            List<AlertBook.Entry> entries,
            List<Mark> marks,
            List<AlertSilence> silences,
            List<Letter> letters) {
        return new BookChange(after, entries, marks, silences, letters, List.of(), Set.of(), Set.of(), T0);
    }

    SqlAlertStore store(Database database) {
        return new SqlAlertStore(database, clock);
    }

    static SqlLetterBox box(Database database) {
        return new SqlLetterBox(database);
    }
}
