package io.plumbline.rollout.state;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.judgement.Judgement;
import io.plumbline.rollout.judgement.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Some gateways have been told to run the candidate and gather evidence. */
public sealed interface Running extends Active permits Offering, Soaking, Evaluating {

    Progress reached();

    /** The same state entered again, with fresh time. */
    Running again(Step paused, String because, Situation situation);

    default Paused toPaused(Judgement judgement, Instant now) {
        var because = judgement.decision() + ": " + judgement.because();
        return new Paused(plan(), step().then(because, judgement.evidence(), now), this, false);
    }

    @Override
    default Optional<Progress> progress() {
        return Optional.of(reached());
    }

    @Override
    default Optional<Paused> pause(String because, Instant now) {
        return Optional.of(new Paused(plan(), step().then(because, List.of(), now), this, true));
    }

    @Override
    default List<GatewayId> updated() {
        return reached().told();
    }

    @Override
    default RolloutStage stage() {
        return reached().wave() == 0 ? RolloutStage.CANARY : RolloutStage.WAVE;
    }

    @Override
    default List<GatewayId> withCandidate() {
        return updated();
    }
}
