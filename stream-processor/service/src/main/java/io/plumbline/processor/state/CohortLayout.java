package io.plumbline.processor.state;

import io.plumbline.contract.message.Correction;
import io.plumbline.contract.message.Verdict;
import io.plumbline.drift.confidence.LabelledHistory;
import io.plumbline.judging.cohort.CohortState;
import io.plumbline.judging.cohort.Hysteresis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of what is kept of a cohort, in the words of {@link Layouts}:
 *
 * <pre>
 * state       cohort, octet: 1 newest end, 2 labelled, 4 corrected; moment last seen, number of seconds, of nanoseconds of the longest
 *             window, text confirmed, text candidate, number of votes; newest end: moment; labelled; corrected
 * labelled    counts answers, counts right, number of minutes, number of stretches; each numbers index, answers, surprise
 * corrected   number of corrections; each moment window, moment noticed, text before, text after
 * </pre>
 */
final class CohortLayout {

    private static final int ENDED = 1;
    private static final int LABELLED = 2;
    private static final int CORRECTED = 4;

    private CohortLayout() {}

    static void write(StateWriter out, CohortState state) {
        Layouts.cohort(out, state.cohort());
        out.octet((state.newestEnd().isPresent() ? ENDED : 0)
                | (state.labelled().isPresent() ? LABELLED : 0)
                | (state.corrected().isPresent() ? CORRECTED : 0));
        out.moment(state.lastSeen());
        out.duration(state.longestWindow());
        out.text(state.hysteresis().confirmed().name());
        out.text(state.hysteresis().candidate().name());
        out.number(state.hysteresis().votes());
        state.newestEnd().ifPresent(out::moment);
        state.labelled().ifPresent(history -> write(out, history));
        state.corrected().ifPresent(windows -> write(out, windows));
    }

    static CohortState read(StateReader in) {
        var cohort = Layouts.cohort(in);
        var holds = Layouts.holding(in, ENDED | LABELLED | CORRECTED);
        var lastSeen = in.moment();
        var longest = in.duration();
        var confirmed = Verdict.valueOf(in.text());
        var candidate = Verdict.valueOf(in.text());
        var hysteresis = new Hysteresis(confirmed, candidate, in.small());
        var ended = (holds & ENDED) != 0 ? Optional.of(in.moment()) : Optional.<Instant>empty();
        var labelled = (holds & LABELLED) != 0 ? Optional.of(history(in)) : Optional.<LabelledHistory>empty();
        var corrected = (holds & CORRECTED) != 0
                ? Optional.of(in.list(CohortLayout::correction))
                : Optional.<List<Correction>>empty();
        return new CohortState(cohort, ended, lastSeen, longest, hysteresis, labelled, corrected);
    }

    private static void write(StateWriter out, LabelledHistory history) {
        out.counts(history.answers());
        out.counts(history.right());
        out.number(history.minutes());
        out.number(history.stretches().size());
        for (var stretch : history.stretches()) {
            out.number(stretch.index());
            out.number(stretch.answers());
            out.number(stretch.surprise());
        }
    }

    private static LabelledHistory history(StateReader in) {
        var answers = in.counts();
        var right = in.counts();
        var minutes = in.number();
        return new LabelledHistory(answers, right, minutes, in.list(CohortLayout::stretch));
    }

    private static LabelledHistory.Stretch stretch(StateReader in) {
        var index = in.number();
        var answers = in.number();
        return new LabelledHistory.Stretch(index, answers, in.number());
    }

    private static void write(StateWriter out, List<Correction> windows) {
        out.number(windows.size());
        for (var one : windows) {
            out.moment(one.window());
            out.moment(one.noticed());
            out.text(one.before().name());
            out.text(one.after().name());
        }
    }

    private static Correction correction(StateReader in) {
        var window = in.moment();
        var noticed = in.moment();
        var before = Verdict.valueOf(in.text());
        return new Correction(window, noticed, before, Verdict.valueOf(in.text()));
    }
}
