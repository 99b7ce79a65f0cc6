package io.plumbline.rollout.state;

import io.plumbline.rollout.evidence.DeviceTally;
import io.plumbline.rollout.judgement.Judgement;
import io.plumbline.rollout.judgement.Situation;
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
