package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.CandidateScore;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What gateways say of the running build and of candidates, each of the same builds on windows of its own. Immutable. */
public final class Scores {

    private final Map<GatewayId, List<CandidateScore>> gateways;
    private final Map<Digest, CandidateScore> totals;

    public Scores(Map<GatewayId, List<CandidateScore>> gateways) {
        this.gateways = Map.copyOf(gateways);
        this.totals = sum(this.gateways.values());
    }

    private static Map<Digest, CandidateScore> sum(Collection<List<CandidateScore>> answers) {
        Map<Digest, CandidateScore> totals = new LinkedHashMap<>();
        answers.forEach(scores -> scores.forEach(score -> totals.merge(score.build(), score, CandidateScore::plus)));
        return totals;
    }

    /** A build on the windows of all gateways together. */
    public Optional<CandidateScore> total(Digest build) {
        return Optional.ofNullable(totals.get(build));
    }

    /** Every build on the windows of all gateways together. */
    public List<CandidateScore> totals() {
        return List.copyOf(totals.values());
    }

    /** A build on the windows of each gateway, in the order of their names. */
    Map<GatewayId, CandidateScore> apart(Digest build) {
        var apart = new TreeMap<GatewayId, CandidateScore>(Comparator.comparing(GatewayId::value));
        gateways.forEach((gateway, scores) -> scores.stream()
                .filter(score -> score.build().equals(build))
                .findFirst()
                .ifPresent(score -> apart.put(gateway, score)));
        return apart;
    }
}
