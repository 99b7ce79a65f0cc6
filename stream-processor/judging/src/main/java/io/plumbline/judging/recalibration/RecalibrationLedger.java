package io.plumbline.judging.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.judging.policy.RecalibrationPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was asked for of one model, and where which build is stale. A build that is new here starts without a cooldown, so
 * that the loop turns again after each turn; the budget damps a loop whose turns do not help.
 *
 * @param builds the newest builds found stale, the latest last, at most {@value #MOST_BUILDS}
 * @param asked event times of the requests within the two newest days, so that a late signal finds its own day whole
 */
public record RecalibrationLedger(List<StaleBuild> builds, List<Instant> asked) {

    public static final RecalibrationLedger EMPTY = new RecalibrationLedger(List.of(), List.of());

    static final int MOST_BUILDS = 16;

    private static final Duration DAY = Duration.ofDays(1);

    public RecalibrationLedger {
        builds = List.copyOf(builds);
        asked = List.copyOf(asked);
    }

    /**
     * A build that was found stale.
     *
     * @param askedAt event time of the last request for it
     */
    public record StaleBuild(Digest build, Optional<Instant> askedAt, List<StaleSite> sites) {

        public StaleBuild {
            sites = List.copyOf(sites);
        }

        private StaleBuild with(SiteId site, Instant at) {
            var others = sites.stream().filter(s -> !s.site().equals(site));
            return new StaleBuild(
                    build,
                    askedAt,
                    Stream.concat(others, Stream.of(new StaleSite(site, at))).toList());
        }

        private List<SiteId> sitesSince(Instant moment) {
            return sites.stream()
                    .filter(s -> !s.at().isBefore(moment))
                    .map(StaleSite::site)
                    .sorted()
                    .toList();
        }
    }

    /** When a site was last found stale. */
    public record StaleSite(SiteId site, Instant at) {}

    /** The ledger after a signal, and the request that follows from it, if any. */
    public record Decision(RecalibrationLedger ledger, Optional<RecalibrationEvent.Requested> request) {}

    /** Takes a signal; the same signal again asks for nothing. */
    public Decision decide(StaleSignal signal, RecalibrationPolicy policy) {
        var cohort = signal.cohort();
        var stale = builds.stream()
                .filter(b -> b.build().equals(cohort.build()))
                .findFirst()
                .orElse(new StaleBuild(cohort.build(), Optional.empty(), List.of()))
                .with(cohort.site(), signal.at());
        if (isCooling(stale, signal, policy) || isPast(signal.at()) || spent(signal.at()) >= policy.dailyBudget()) {
            return new Decision(with(stale), Optional.empty());
        }
        var request = new RecalibrationEvent.Requested(
                signal.id(),
                cohort.model(),
                cohort.version(),
                cohort.build(),
                stale.sitesSince(signal.at().minus(policy.freshness())),
                signal.because(),
                signal.at());
        var next = with(new StaleBuild(stale.build(), Optional.of(signal.at()), stale.sites()));
        return new Decision(next.asking(signal.at()), Optional.of(request));
    }

    private static boolean isCooling(StaleBuild stale, StaleSignal signal, RecalibrationPolicy policy) {
        return stale.askedAt()
                .filter(last -> signal.at().isBefore(last.plus(policy.cooldown()))
                        || !signal.at().isAfter(last))
                .isPresent();
    }

    /** What was asked around that time is no longer known in full. */
    private boolean isPast(Instant at) {
        return at.isBefore(newest(at).minus(DAY));
    }

    private Instant newest(Instant at) {
        return asked.stream()
                .filter(past -> past.isAfter(at))
                .max(Instant::compareTo)
                .orElse(at);
    }

    private long spent(Instant at) {
        return asked.stream().filter(past -> past.isAfter(at.minus(DAY))).count();
    }

    private RecalibrationLedger with(StaleBuild changed) {
        var all = new ArrayList<>(
                builds.stream().filter(b -> !b.build().equals(changed.build())).toList());
        all.add(changed);
        return new RecalibrationLedger(all.subList(Math.max(0, all.size() - MOST_BUILDS), all.size()), asked);
    }

    private RecalibrationLedger asking(Instant at) {
        var oldest = newest(at).minus(DAY).minus(DAY);
        var recent = asked.stream().filter(past -> past.isAfter(oldest));
        return new RecalibrationLedger(
                builds, Stream.concat(recent, Stream.of(at)).toList());
    }
}
