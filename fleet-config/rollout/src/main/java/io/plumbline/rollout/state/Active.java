package io.plumbline.rollout.state;

import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.rollout.evidence.DeviceTally;
import io.plumbline.rollout.judgement.Judgement;
import io.plumbline.rollout.judgement.Outlook;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.Waves;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A rollout that is not over: a newer one or a person can end it. */
public sealed interface Active extends RolloutState permits Ready, PendingApproval, Running, Paused, RollingBack {

    /** Ends it; every gateway goes back to the baseline. */
    default Aborted abort(String because, Instant now) {
        return new Aborted(plan(), step().then(because, List.of(), now), List.of());
    }

    /** Ends it; the gateways that were told stay with the candidate. */
    default Aborted abortAndKeep(String because, Instant now) {
        return new Aborted(plan(), step().then(because, List.of(), now), updated());
    }

    /** Ends it because of what was seen; every gateway goes back to the baseline. */
    default RollingBack toRollingBack(Judgement judgement, Instant now) {
        return new RollingBack(plan(), step().then(judgement.because(), judgement.evidence(), now), updated());
    }

    /** Holds it where it is; empty if there is nothing to hold in this state. */
    default Optional<Paused> pause(String because, Instant now) {
        return Optional.empty();
    }

    /** Goes on after a pause; empty if it is not paused. */
    default Optional<Running> resume(String because, Situation situation) {
        return Optional.empty();
    }

    /** Goes on after an approval; empty if none is asked for. */
    default Optional<Active> approve(String because, Situation situation) {
        return Optional.empty();
    }

    /** When its first gateway was told, or this state was entered if none was. */
    default Instant since() {
        return progress().map(Progress::since).orElse(step().at());
    }

    /** Who is told when, or would be if it began now; empty where no gateway runs the model. */
    default Optional<Waves> waves(Situation situation) {
        var members = situation.members();
        return progress()
                .map(Progress::waves)
                .or(() -> members.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Waves.of(plan().id(), members, situation.policy())));
    }

    /** What its gates have to compare with; empty where no gateway runs the model, and on the way back. */
    default Optional<RolloutOutlook> outlook(Situation situation) {
        var members = situation.members();
        return waves(situation)
                .filter(waves -> !members.isEmpty())
                .map(waves -> Outlook.of(plan(), members, waves, situation.policy()));
    }

    /** The told gateways, each where it is. */
    default DeviceTally devices(Situation situation) {
        return DeviceTally.of(
                updated(),
                progress().map(Progress::toldAt).orElse(step().at()),
                situation.evidence().gateways(),
                situation.policy().devices(),
                situation.now());
    }

    @Override
    default Optional<Active> active() {
        return Optional.of(this);
    }
}
