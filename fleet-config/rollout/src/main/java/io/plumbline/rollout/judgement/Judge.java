package io.plumbline.rollout.judgement;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.evidence.DeviceTally;
import io.plumbline.rollout.evidence.EvidenceMark;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.policy.RolloutPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts a wave's question to everything that is known. Pure. */
public final class Judge {

    private static final int NAMED = 5;

    private final RolloutPolicy policy;
    private final DeviceTally tally;
    private final boolean late;
    private final Map<SiteId, EvidenceMark> marks;
    private final List<Evidence> facts = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    /** Where the baseline ended before the candidate began. */
    private final List<SiteId> past = new ArrayList<>();

    private boolean blind;

    private Judge(RolloutPolicy policy, DeviceTally tally, boolean late, Map<SiteId, EvidenceMark> marks) {
        this.policy = policy;
        this.tally = tally;
        this.late = late;
        this.marks = marks;
    }

    public static Judgement judge(Question question, Situation situation) {
        var now = situation.now();
        var policy = situation.policy();
        var tally = tally(question, situation);
        var marks = question.marks().stream()
                .collect(Collectors.toMap(EvidenceMark::site, Function.identity(), (first, second) -> first));
        var judge = new Judge(policy, tally, !now.isBefore(question.deadline()), marks);
        judge.devices();
        judge.quality(judge.fresh(situation.evidence()), situation.evidence());
        return judge.sum();
    }

    /** The told gateways by state. */
    public static DeviceTally tally(Question question, Situation situation) {
        return DeviceTally.of(
                question.told(),
                question.toldAt(),
                situation.evidence().gateways(),
                situation.policy().devices(),
                situation.now());
    }

    private void devices() {
        facts.addAll(tally.facts());
        if (tally.failedTooMany()) {
            losses.addAll(tally.failures());
        } else if (tally.failedOfTried() > policy.devices().maxFailedShare()) {
            doubts.addAll(tally.failures());
        }
        if (tally.told() == 0) {
            doubts.add("no updated gateway is in the fleet any more");
        } else if (!tally.covered()) {
            doubts.addAll(tally.missing());
        }
    }

    private void quality(Map<SiteId, Optional<ModelHealth>> candidate, RolloutEvidence evidence) {
        var known = candidate.values().stream().flatMap(Optional::stream).toList();
        blind = known.isEmpty();
        var blindSites = candidate.entrySet().stream()
                .filter(site -> site.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        blindSites.stream().limit(NAMED).forEach(site -> doubts.add(site + " has no data of the candidate"));
        if (blindSites.size() > NAMED) {
            doubts.add("nor have " + (blindSites.size() - NAMED) + " more sites");
        }
        if (blind && blindSites.isEmpty()) {
            doubts.add("no gateway runs the candidate");
        }
        var trials = known.stream()
                .map(health -> Trial.ofCandidate(counted(health, EvidenceMark::candidate), health))
                .toList();
        var before = new BeforeBySite(concurrent(known, evidence.baseline()).stream()
                .map(health -> Trial.ofBaseline(counted(health, EvidenceMark::baseline), health))
                .toList());
        for (var trial : trials) {
            add(SiteJudge.judge(trial, before, policy.quality(), evidence.rules()));
        }
        add(ResourceJudge.judge(known, evidence.baseline(), tally, policy));
        if (!blind) {
            add(LossJudge.judge(trials, before, tally, policy.quality()));
        }
    }

    /** What was counted on the site before it was told. */
    private Optional<Fidelity> counted(ModelHealth health, Function<EvidenceMark, Optional<Fidelity>> of) {
        return Optional.ofNullable(marks.get(health.cohort().site())).flatMap(of);
    }

    /** The baseline of sites whose candidate began after it ended is left out: what moved in between would be the build's fault, or its merit. */
    private List<ModelHealth> concurrent(List<ModelHealth> candidate, List<ModelHealth> baseline) {
        var begins = candidate.stream()
                .collect(Collectors.toMap(health -> health.cohort().site(), ModelHealth::from, (a, b) -> a));
        var byEnd = baseline.stream()
                .collect(Collectors.partitioningBy(health ->
                        health.to().isBefore(begins.getOrDefault(health.cohort().site(), Instant.MIN))));
        byEnd.getOrDefault(true, List.of())
                .forEach(health -> past.add(health.cohort().site()));
        return byEnd.getOrDefault(false, List.of());
    }

    private void add(Judgement part) {
        facts.addAll(part.evidence());
        if (part.decision() == Decision.FAIL) {
            losses.add(part.because());
        } else if (part.decision() != Decision.PASS) {
            doubts.add(part.because());
        }
    }

    private Judgement sum() {
        if (!losses.isEmpty()) {
            return new Judgement(Decision.FAIL, words(losses) + past(), facts);
        }
        if (doubts.isEmpty()) {
            return new Judgement(
                    Decision.PASS,
                    tally.count(DeviceState.ACTIVE) + " of " + tally.told()
                            + " told gateways run it, and it is proven on every site" + past(),
                    facts);
        }
        var undecided = blind ? Decision.NO_DATA : Decision.INCONCLUSIVE;
        return new Judgement(late ? undecided : Decision.CONTINUE, words(doubts) + past(), facts);
    }

    private String past() {
        if (past.isEmpty()) {
            return "";
        }
        var named = past.stream().limit(NAMED).map(SiteId::value).collect(Collectors.joining(", "));
        var more = past.size() > NAMED ? " and " + (past.size() - NAMED) + " more sites" : "";
        return "; what is known of the baseline on " + named + more
                + " ended before the candidate began there and does not count";
    }

    private static String words(List<String> reasons) {
        var some = reasons.stream().limit(2 * NAMED).collect(Collectors.joining("; "));
        return reasons.size() <= 2 * NAMED ? some : some + "; and " + (reasons.size() - 2 * NAMED) + " more reasons";
    }

    /** Health is a moving window: one that reaches back to an earlier try would judge that once more. */
    private static boolean isFresh(ModelHealth health, Instant mark) {
        return health.to().isAfter(mark) && !health.from().isBefore(mark);
    }

    /** The newest health of every site with a gateway that runs the candidate, if it is from after the site was told. */
    private Map<SiteId, Optional<ModelHealth>> fresh(RolloutEvidence evidence) {
        var bySite = evidence.candidate().stream()
                .collect(Collectors.toMap(health -> health.cohort().site(), Function.identity(), (a, b) -> a));
        var all = new LinkedHashMap<SiteId, Optional<ModelHealth>>();
        for (var site : tally.activeSites()) {
            all.put(site, Optional.ofNullable(bySite.get(site)).filter(health -> isFresh(health, begin(site))));
        }
        return all;
    }

    private Instant begin(SiteId site) {
        var mark = marks.get(site);
        return mark == null ? Instant.EPOCH : mark.after();
    }
}
