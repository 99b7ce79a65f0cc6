package io.plumbline.fleet.core.rollout;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.judgement.EvidenceMark;
import io.plumbline.fleet.core.judgement.GatewayStanding;
import io.plumbline.fleet.core.judgement.Judgement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One gateway has been told. */
public record Canary(RolloutPlan plan, Step step, GatewayId canary, Instant deadline, List<EvidenceMark> marks)
        implements Updating {

    public Canary {
        marks = List.copyOf(marks);
    }

    @Override
    public RolloutState passed(Judgement judgement, Situation situation) {
        var others = situation.evidence().gateways().stream()
                .filter(gateway -> !gateway.gateway().equals(canary))
                .toList();
        return others.isEmpty() ? toCompleted(judgement, situation.now()) : toWave(others, judgement, situation);
    }

    Wave toWave(List<GatewayStanding> others, Judgement judgement, Situation situation) {
        var told = new ArrayList<>(List.of(canary));
        others.forEach(other -> told.add(other.gateway()));
        var sites = others.stream()
                .map(GatewayStanding::site)
                .distinct()
                .filter(this::isNew)
                .toList();
        var allMarks = new ArrayList<>(marks);
        allMarks.addAll(situation.marks(sites));
        var because = "PASS on " + canary + ", the others are told: " + judgement.because();
        return new Wave(
                plan, step.then(because, judgement.evidence(), situation.now()), told, situation.deadline(), allMarks);
    }

    Completed toCompleted(Judgement judgement, Instant now) {
        return new Completed(
                plan, step.then("PASS on every gateway: " + judgement.because(), judgement.evidence(), now), updated());
    }

    @Override
    public Canary again(Step paused, String because, Situation situation) {
        return new Canary(plan, paused.then(because, List.of(), situation.now()), canary, situation.deadline(), marks);
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.CANARY;
    }

    @Override
    public List<GatewayId> updated() {
        return List.of(canary);
    }

    private boolean isNew(SiteId site) {
        return marks.stream().noneMatch(mark -> mark.site().equals(site));
    }
}
