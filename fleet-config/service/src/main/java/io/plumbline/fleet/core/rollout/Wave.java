package io.plumbline.fleet.core.rollout;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.judgement.EvidenceMark;
import io.plumbline.fleet.core.judgement.Judgement;
import java.time.Instant;
import java.util.List;

/** The canary passed and every gateway has been told. */
public record Wave(RolloutPlan plan, Step step, List<GatewayId> updated, Instant deadline, List<EvidenceMark> marks)
        implements Updating {

    public Wave {
        updated = List.copyOf(updated);
        marks = List.copyOf(marks);
    }

    @Override
    public RolloutState passed(Judgement judgement, Situation situation) {
        return toCompleted(judgement, situation.now());
    }

    Completed toCompleted(Judgement judgement, Instant now) {
        return new Completed(
                plan, step.then("PASS on every gateway: " + judgement.because(), judgement.evidence(), now), updated);
    }

    @Override
    public Wave again(Step paused, String because, Situation situation) {
        return new Wave(plan, paused.then(because, List.of(), situation.now()), updated, situation.deadline(), marks);
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.WAVE;
    }
}
