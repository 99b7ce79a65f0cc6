package io.plumbline.fleet.core.rollout;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.fleet.core.judgement.EvidenceMark;
import io.plumbline.fleet.core.judgement.Judge;
import io.plumbline.fleet.core.judgement.Judgement;
import io.plumbline.fleet.core.judgement.Question;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Some gateways have been told to run the candidate and gather evidence. */
public sealed interface Updating extends Active permits Canary, Wave {

    /** Wall-clock time by which this stage must have proven the candidate. */
    Instant deadline();

    List<EvidenceMark> marks();

    /** What a PASS leads to. */
    RolloutState passed(Judgement judgement, Situation situation);

    /** The same stage entered again with a fresh deadline. */
    Updating again(Step paused, String because, Situation situation);

    @Override
    default RolloutState look(Situation situation) {
        var judgement = judge(situation);
        return switch (judgement.decision()) {
            case PASS -> passed(judgement, situation);
            case FAIL -> toRollingBack(judgement, situation.now());
            case INCONCLUSIVE, NO_DATA -> toPaused(judgement, situation.now());
            case CONTINUE -> this;
        };
    }

    /** What the evidence says about the gateways that have been told. */
    default Judgement judge(Situation situation) {
        return Judge.judge(
                new Question(updated(), marks(), deadline()),
                situation.evidence(),
                situation.policy(),
                situation.now());
    }

    default RollingBack toRollingBack(Judgement judgement, Instant now) {
        return new RollingBack(plan(), step().then(judgement.because(), judgement.evidence(), now), updated());
    }

    default Paused toPaused(Judgement judgement, Instant now) {
        return new Paused(
                plan(),
                step().then(judgement.decision() + ": " + judgement.because(), judgement.evidence(), now),
                this);
    }

    @Override
    default Optional<Paused> pause(String because, Instant now) {
        return Optional.of(new Paused(plan(), step().then(because, List.of(), now), this));
    }

    @Override
    default Optional<RolloutState> resume(String because, Situation situation) {
        return Optional.empty();
    }

    @Override
    default Digest buildFor(GatewayId gateway) {
        return updated().contains(gateway) ? plan().candidate() : plan().baseline();
    }
}
