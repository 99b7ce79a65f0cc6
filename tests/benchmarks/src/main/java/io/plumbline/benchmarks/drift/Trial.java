package io.plumbline.benchmarks.drift;

import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One site with its judge. Not thread-safe. */
final class Trial {

    private static final Set<Verdict> QUIET = EnumSet.of(Verdict.STABLE, Verdict.INSUFFICIENT);

    private final Site site;
    private final Judge judge;
    private final List<VerdictEvent> events = new ArrayList<>();

    Trial(Site.Setting setting, Profiled reference, Duration horizon, long seed) {
        site = new Site(setting, reference, seed);
        judge = new Judge(reference, horizon);
    }

    /** One window on. */
    Window step() {
        var window = site.next();
        judge.on(window).ifPresent(events::add);
        return window;
    }

    void steps(int windows) {
        for (int i = 0; i < windows; i++) {
            step();
        }
    }

    Verdict verdict() {
        return judge.verdict();
    }

    /** Whether somebody was told of the one that holds. */
    boolean isInAlarm() {
        return !QUIET.contains(verdict());
    }

    boolean everSaid(Verdict verdict) {
        return events.stream().anyMatch(e -> e.verdict() == verdict);
    }

    /** Every change of the verdict to one that somebody is told of. */
    List<VerdictEvent> alarms() {
        return events.stream().filter(e -> !QUIET.contains(e.verdict())).toList();
    }
}
