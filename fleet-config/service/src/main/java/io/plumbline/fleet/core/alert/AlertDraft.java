package io.plumbline.fleet.core.alert;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.fleet.core.post.Letter;
import io.plumbline.fleet.core.post.Replacement;
import io.plumbline.fleet.core.post.Routes;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A change of the book that is being put together. Not thread-safe. */
final class AlertDraft {

    /** Things that happen and have no end that anybody reports. */
    static final Set<AlertKind> HAPPENINGS = EnumSet.of(
            AlertKind.RECALIBRATION_REFUSED, AlertKind.ROLLOUT_FAILED, AlertKind.BUILD_REFUSED, AlertKind.RECORDS_LOST);

    private final AlertBook before;
    private final Surroundings around;
    private final Map<String, AlertBook.Entry> entries;
    private final Map<String, Mark> moved = new HashMap<>();
    private final Map<String, AlertSilence> silences;
    private final Map<String, AlertSilence> changedSilences = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Set<String> forgottenMarks = new HashSet<>();
    private final List<BookChange.Hold> holds = new ArrayList<>();

    AlertDraft(AlertBook before, Surroundings around) {
        this.before = before;
        this.around = around;
        this.entries = new HashMap<>(before.entries());
        this.silences = new HashMap<>(before.silences());
    }

    Surroundings around() {
        return around;
    }

    List<Alert> open() {
        return entries.values().stream()
                .map(AlertBook.Entry::alert)
                .filter(Alert::open)
                .toList();
    }

    List<AlertBook.Entry> entries() {
        return List.copyOf(entries.values());
    }

    Optional<Alert> alert(String id) {
        return Optional.ofNullable(entries.get(id)).map(AlertBook.Entry::alert);
    }

    boolean isOpen(String id) {
        return alert(id).map(Alert::open).orElse(false);
    }

    List<AlertSilence> silences() {
        return List.copyOf(silences.values());
    }

    Optional<Mark> mark(String source) {
        return Optional.ofNullable(moved.get(source))
                .or(() -> Optional.ofNullable(before.marks().get(source)));
    }

    /** All of them as they are now, by source. */
    Map<String, Mark> marks() {
        var marks = new HashMap<>(before.marks());
        marks.putAll(moved);
        marks.keySet().removeAll(forgottenMarks);
        return marks;
    }

    void move(Mark mark) {
        moved.put(mark.source(), mark);
    }

    /**
     * Takes account of an event.
     *
     * @return false if it is about something that is not in the fleet; it counts as not seen, for that may change
     */
    boolean see(Sign sign) {
        var mark = mark(sign.source());
        if (mark.isPresent() && mark.get().covers(sign)) {
            return true;
        }
        open().stream()
                .flatMap(alert -> sign.endings().stream()
                        .filter(ending -> ending.ends(alert))
                        .limit(1)
                        .map(ending -> Turns.resolved(alert, ending.because(), now())))
                .forEach(this::put);
        var relevant = true;
        for (var trouble : sign.troubles()) {
            if (isHistory(trouble, sign)) {
                continue;
            }
            if (around.irrelevance(trouble.kind(), trouble.subject()).isPresent()) {
                relevant = false;
            } else {
                raise(trouble);
            }
        }
        if (relevant) {
            move(mark.map(one -> one.after(sign, now())).orElseGet(() -> Mark.of(sign, now())));
        }
        return relevant;
    }

    /** What happened so long ago would be over at once. */
    private boolean isHistory(Trouble trouble, Sign sign) {
        var quiet = around.spec().policy().quiet();
        return HAPPENINGS.contains(trouble.kind()) && !sign.at().plus(quiet).isAfter(now());
    }

    void raise(Trouble trouble) {
        var linked = new Trouble(
                trouble.kind(),
                trouble.subject(),
                trouble.because(),
                trouble.proof().linkedTo(link(trouble.id())));
        put(alert(trouble.id())
                .map(known -> Turns.seen(known, linked, around.spec().policy().hold(), now()))
                .orElseGet(() -> Turns.opened(linked, now())));
    }

    private Optional<String> link(String id) {
        return around.spec().policy().page().map(page -> page + "#alert-" + id);
    }

    void put(Alert next) {
        var known = Optional.ofNullable(entries.get(next.id()))
                .filter(entry -> entry.alert().episode() == next.episode());
        var alert = known.filter(entry -> touched.contains(next.id()))
                .map(entry -> Replacement.labelled(entry.alert(), next))
                .orElse(next);
        var told = known.map(AlertBook.Entry::told).orElse(Map.of());
        entries.put(next.id(), new AlertBook.Entry(wasOpen(next) ? alert.as(AlertChange.UPDATED) : alert, told));
        touched.add(next.id());
    }

    /** Whether nobody but this draft knows that it was over in between. */
    private boolean wasOpen(Alert next) {
        return next.change() == AlertChange.REOPENED
                && Optional.ofNullable(before.entries().get(next.id()))
                        .filter(entry -> entry.alert().open())
                        .isPresent();
    }

    void hold(String alert, Instant until) {
        holds.add(new BookChange.Hold(alert, until));
    }

    void silence(AlertSilence silence) {
        changedSilences.put(silence.id(), silence);
        silences.put(silence.id(), silence);
    }

    /** Nothing needs to be written: when it ends has been written already. */
    void expire(String silence) {
        silences.remove(silence);
    }

    void forget(String id) {
        entries.remove(id);
        touched.remove(id);
        forgotten.add(id);
    }

    void forgetMark(String source) {
        forgottenMarks.add(source);
    }

    /** The change, with the letters that follow from it. */
    BookChange finish() {
        var letters = new ArrayList<Letter>();
        var changed = new ArrayList<AlertBook.Entry>();
        for (var entry : entries()) {
            var alert = entry.alert();
            var isTouched = touched.contains(alert.id());
            if (isTouched || alert.open()) {
                var post = Routes.letters(alert, isTouched, entry.told().keySet(), around.spec(), now());
                letters.addAll(post);
                if (isTouched || !post.isEmpty()) {
                    changed.add(informed(entry, post));
                }
            }
        }
        changed.forEach(entry -> entries.put(entry.alert().id(), entry));
        return new BookChange(
                after(changed),
                changed,
                List.copyOf(moved.values()),
                List.copyOf(changedSilences.values()),
                letters,
                holds,
                forgotten,
                forgottenMarks,
                now());
    }

    private AlertBook.Entry informed(AlertBook.Entry entry, List<Letter> letters) {
        var told = new HashMap<>(entry.told());
        letters.stream()
                .map(Letter::sink)
                .filter(sink -> !sink.equals(SinkSpec.TOPIC.name()))
                .forEach(sink -> told.put(sink, now()));
        return new AlertBook.Entry(entry.alert(), told);
    }

    private AlertBook after(List<AlertBook.Entry> changed) {
        var isSame = changed.isEmpty() && moved.isEmpty() && forgotten.isEmpty() && forgottenMarks.isEmpty();
        return isSame && silences.equals(before.silences()) ? before : new AlertBook(entries, marks(), silences);
    }

    private Instant now() {
        return around.now();
    }
}
