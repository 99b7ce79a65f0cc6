package io.plumbline.fleet.core.judgement;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.fleet.core.spec.RolloutPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers a {@link Question} from the evidence. Pure. */
public final class Judge {

    private Judge() {}

    public static Judgement judge(Question question, RolloutEvidence evidence, RolloutPolicy policy, Instant now) {
        var updated = evidence.gateways().stream()
                .filter(gateway -> question.updated().contains(gateway.gateway()))
                .toList();
        var refusal = updated.stream()
                .filter(gateway -> gateway.standing() == Standing.REFUSED)
                .findFirst();
        if (refusal.isPresent()) {
            var gateway = refusal.get();
            return new Judgement(
                    Decision.FAIL,
                    gateway.gateway() + " refused the build: " + gateway.because(),
                    List.of(coverage(updated)));
        }
        var baseline = evidence.baseline().stream().map(ModelHealth::fidelity).reduce(Fidelity.NONE, Fidelity::plus);
        var sites = updated.stream()
                .map(GatewayStanding::site)
                .distinct()
                .map(site -> site(site, question, evidence, baseline, policy))
                .toList();
        return sum(updated, sites, !now.isBefore(question.deadline()));
    }

    private static Judgement site(
            SiteId site, Question question, RolloutEvidence evidence, Fidelity baseline, RolloutPolicy policy) {
        return fresh(site, question, evidence)
                .map(health -> SiteJudge.judge(health, baseline, policy))
                .orElseGet(() -> new Judgement(Decision.NO_DATA, site + " has no data of the candidate", List.of()));
    }

    private static Optional<ModelHealth> fresh(SiteId site, Question question, RolloutEvidence evidence) {
        var after = question.marks().stream()
                .filter(mark -> mark.site().equals(site))
                .map(EvidenceMark::after)
                .findFirst()
                .orElse(Instant.EPOCH);
        return evidence.candidate().stream()
                .filter(health ->
                        health.cohort().site().equals(site) && health.to().isAfter(after))
                .findFirst();
    }

    private static Judgement sum(List<GatewayStanding> updated, List<Judgement> sites, boolean late) {
        var facts = new ArrayList<Evidence>();
        facts.add(coverage(updated));
        sites.forEach(site -> facts.addAll(site.evidence()));
        var losses = reasons(sites, Decision.FAIL);
        if (!losses.isEmpty()) {
            return new Judgement(Decision.FAIL, losses, facts);
        }
        var missing = missing(updated);
        var doubts =
                sites.stream().filter(site -> site.decision() != Decision.PASS).toList();
        if (!updated.isEmpty() && missing.isEmpty() && doubts.isEmpty()) {
            return new Judgement(Decision.PASS, reasons(sites, Decision.PASS), facts);
        }
        var because = new ArrayList<String>();
        if (updated.isEmpty()) {
            because.add("no updated gateway is in the fleet any more");
        }
        because.addAll(missing);
        doubts.forEach(doubt -> because.add(doubt.because()));
        var blind = sites.stream().allMatch(site -> site.decision() == Decision.NO_DATA);
        var decision = !late ? Decision.CONTINUE : blind ? Decision.NO_DATA : Decision.INCONCLUSIVE;
        return new Judgement(decision, String.join("; ", because), facts);
    }

    private static String reasons(List<Judgement> sites, Decision decision) {
        return sites.stream()
                .filter(site -> site.decision() == decision)
                .map(Judgement::because)
                .collect(Collectors.joining("; "));
    }

    private static List<String> missing(List<GatewayStanding> updated) {
        return updated.stream()
                .filter(gateway -> gateway.standing() != Standing.RUNS_CANDIDATE)
                .map(gateway -> gateway.gateway()
                        + (gateway.standing() == Standing.SILENT ? " is silent" : " does not run the candidate yet"))
                .toList();
    }

    private static Evidence coverage(List<GatewayStanding> updated) {
        var running = updated.stream()
                .filter(gateway -> gateway.standing() == Standing.RUNS_CANDIDATE)
                .count();
        var share = updated.isEmpty() ? 0 : (double) running / updated.size();
        return new Evidence("coverage", "gateways", share, share, share, 1, updated.size(), share < 1);
    }
}
