package io.plumbline.fleet.core.alert;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.core.control.NotNowException;
import io.plumbline.fleet.core.control.UnknownNameException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the book: decides, writes, then shows. Thread-safe: one change at a time; hearing and reading never wait. What is heard is
 * taken up by the next look; what is lost with the process in between is heard again from the topic.
 */
public final class AlertDesk {

    private final AlertStore store;
    private final Supplier<Surroundings> around;
    private final Consumer<BookChange> written;
    private final Queue<Sign> heard = new ConcurrentLinkedQueue<>();
    /** The newest of each source that is about something that is not in the fleet, or not yet. */
    private final Map<String, Sign> passedOver = new LinkedHashMap<>();

    private List<Alert.Subject> places = List.of();
    private volatile AlertBook book;
    private boolean uncertain;

    /** @param written told about every change once it is in the store */
    public AlertDesk(AlertStore store, Supplier<Surroundings> around, Consumer<BookChange> written) {
        this.store = store;
        this.around = around;
        this.written = written;
        this.book = store.load();
    }

    public AlertBook book() {
        return book;
    }

    /** Takes note of an event; waits for nothing. */
    public void hear(Sign sign) {
        heard.add(sign);
    }

    /** Takes up what was heard, and what time has done. */
    public synchronized void look() {
        begin();
        var now = around.get();
        var signs = pending(now);
        var draft = new AlertDraft(book, now);
        var strange = new ArrayList<Sign>();
        for (var sign : signs) {
            if (!draft.see(sign)) {
                strange.add(sign);
            }
        }
        Sweep.over(draft);
        commit(draft.finish());
        signs.forEach(sign -> heard.remove());
        strange.forEach(sign -> passedOver.put(sign.source(), sign));
    }

    private List<Sign> pending(Surroundings now) {
        if (!now.places().equals(places)) {
            places = now.places();
            heard.addAll(passedOver.values());
            passedOver.clear();
        }
        return List.copyOf(heard);
    }

    /** Somebody looks after an alert: it is told, and not repeated any more. */
    public synchronized Alert acknowledge(String id, String by, String note)
            throws UnknownNameException, NotNowException {
        begin();
        var now = around.get();
        var draft = new AlertDraft(book, now);
        var alert = draft.alert(id).orElseThrow(() -> unknown(id));
        if (!alert.open()) {
            throw new NotNowException("alert " + id + " is over, there is nothing to acknowledge");
        }
        draft.put(Turns.acknowledged(alert, new Alert.Acknowledgement(by, now.now(), note)));
        commit(draft.finish());
        return draft.alert(id).orElseThrow(() -> unknown(id));
    }

    private static UnknownNameException unknown(String id) {
        return new UnknownNameException("there is no alert '" + id + "'; GET /api/v1/alerts lists them");
    }

    /** Holds alerts back from now on, or from when the silence begins. */
    public synchronized void silence(AlertSilence silence) throws NotNowException {
        begin();
        var now = around.get();
        if (!silence.until().isAfter(now.now())) {
            throw new NotNowException("until " + silence.until() + " is past, such a silence would hold nothing back");
        }
        var draft = new AlertDraft(book, now);
        draft.silence(silence);
        Sweep.over(draft);
        commit(draft.finish());
    }

    /**
     * Ends a silence; what it held back and is still open is told.
     *
     * @param by who wants it; empty if nobody said
     */
    public synchronized void unsilence(String id, String by) throws UnknownNameException {
        begin();
        var now = around.get();
        var silence = book.silences().get(id);
        if (silence == null) {
            throw new UnknownNameException("there is no silence '" + id + "'; GET /api/v1/alerts lists them");
        }
        var draft = new AlertDraft(book, now);
        draft.silence(ended(silence, by, now.now()));
        Sweep.over(draft);
        commit(draft.finish());
    }

    private static AlertSilence ended(AlertSilence silence, String by, Instant now) {
        var from = silence.from().isBefore(now) ? silence.from() : now.minusMillis(1);
        return new AlertSilence(
                silence.id(),
                silence.model(),
                silence.site(),
                silence.kind(),
                silence.severity(),
                from,
                now,
                silence.by(),
                silence.reason(),
                Optional.of(new AlertSilence.Ended(by, now)));
    }

    private void commit(BookChange change) {
        if (change.isEmpty()) {
            book = change.after();
            return;
        }
        try {
            store.commit(change);
        } catch (StoreUnavailableException e) {
            // The connection may have broken after the store took it.
            uncertain = true;
            throw e;
        }
        book = change.after();
        written.accept(change);
    }

    /** Begins a change from what the store holds. */
    private void begin() {
        if (uncertain) {
            book = store.load();
            uncertain = false;
        }
    }
}
