package io.plumbline.cli.demo;

import io.plumbline.cli.climate.Stretch;
import io.plumbline.cli.proof.Account;
import io.plumbline.cli.proof.DemoReport;
import io.plumbline.cli.proof.Harness;
import io.plumbline.client.ClientException;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.inference.ModelLoadException;
import java.util.Optional;

/**
 * One turn while it plays: which steps of the loop have been seen.
 *
 * @param build the build that runs when the turn begins
 * @param startMillis wall time of the first reading
 */
record TurnRun(Turn turn, Stretch stretch, Digest build, long startMillis, LoopWatch watch) {

    Optional<LoopWatch.Heard<VerdictEvent>> stale() {
        return watch.stale(build, startMillis);
    }

    Optional<LoopWatch.Heard<RolloutEvent>> live() {
        return watch.rollout(build, RolloutStage.COMPLETED, startMillis);
    }

    /** Whether a recalibrated build is live and nothing else is on its way. */
    boolean isSettled() {
        return live().isPresent() && !watch.isUnderWay();
    }

    /** One line about where the loop stands. */
    String headline(int turns) {
        var step = live().isPresent()
                ? "recalibrated build is live everywhere"
                : watch.newestRollout(build)
                        .map(rollout -> "rollout " + rollout.stage())
                        .orElse(stale().isPresent() ? "stale: recalibrating" : "watching");
        return "turn %d of %d (%s): %s"
                .formatted(turn.number(), turns, stretch.transformation().describe(), step);
    }

    /** Why the loop did not close; empty if it did. */
    private Optional<String> problem(Harness.Score before, Harness.Score after) {
        if (stale().isEmpty()) {
            return Optional.of("no CALIBRATION_STALE verdict");
        }
        if (live().isEmpty()) {
            return Optional.of(watch.refused(build, startMillis)
                    .map(refused ->
                            "recalibration refused: " + refused.message().because())
                    .or(() -> watch.newestRollout(build)
                            .map(rollout -> "rollout " + rollout.stage() + ": " + rollout.because()))
                    .orElse("no build was recalibrated"));
        }
        if (!(after.eventAgreement() > before.eventAgreement())) {
            return Optional.of("recalibration did not help on these readings");
        }
        return Optional.empty();
    }

    /**
     * Scores the builds before and after on the turn's readings.
     *
     * @param left the build that runs when the turn is over: the loop may turn more than once in a turn
     */
    DemoReport.TurnReport report(Harness harness, Account account, Digest left)
            throws ClientException, ModelLoadException {
        var before = harness.score(new Harness.Subject(build, stretch));
        var newBuild = live().map(heard -> left);
        var after = newBuild.isPresent() ? harness.score(new Harness.Subject(left, stretch)) : before;
        var ready = watch.rollout(build, RolloutStage.READY, startMillis)
                .or(() -> watch.rollout(build, RolloutStage.CANARY, startMillis));
        var lost = ready.isPresent() && live().isPresent()
                ? account.lostBetween(ready.get().atMillis(), live().get().atMillis())
                : 0;
        return new DemoReport.TurnReport(
                turn.number(),
                stretch.transformation().changesSomething(),
                stretch.transformation().describe(),
                stale().map(heard -> heard.message().verdict().name()),
                build.value(),
                newBuild.map(Digest::value),
                before.eventAgreement(),
                after.eventAgreement(),
                before.agreement(),
                after.agreement(),
                before.clipped(),
                after.clipped(),
                before.eventWindows(),
                seconds(stale().map(LoopWatch.Heard::atMillis)),
                seconds(live().map(LoopWatch.Heard::atMillis)),
                lost,
                problem(before, after));
    }

    /** Since the turn began; -1 if it never happened. */
    private double seconds(Optional<Long> atMillis) {
        return atMillis.map(at -> (at - startMillis) / 1000.0).orElse(-1.0);
    }
}
