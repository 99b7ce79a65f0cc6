package io.plumbline.fleet.core.console.rollout;

import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.console.Paging;
import io.plumbline.fleet.core.control.ControlPlane.Seen;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.judgement.Judge;
import io.plumbline.rollout.judgement.Question;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.state.RolloutState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the pages about rollouts together. Pure: of one moment. */
public final class RolloutPicture {

    static final int LINES = 30;
    static final int DEVICES = 50;
    static final int STEPS = 40;
    static final int FACTS = 30;

    private static final String LOSS = "loss";

    private RolloutPicture() {}

    /**
     * @param newest the newest rollout first
     * @param page from 1
     */
    public static RolloutBoard board(List<RolloutState> newest, int page) {
        var lines = newest.stream()
                .map(rollout -> RolloutLine.of(rollout.event(), rollout.active().isPresent()))
                .sorted(Comparator.comparing(line -> !line.active()))
                .toList();
        var pages = Paging.of(page, lines.size(), LINES);
        return new RolloutBoard(pages.cut(lines), pages);
    }

    /**
     * @param history every event of the rollout, oldest first; at least one
     * @param seen what is known of it now; empty if it is over
     * @param last the same as it was known last
     */
    public static RolloutSheet sheet(List<RolloutEvent> history, Optional<Seen> seen, Optional<Seen> last) {
        var steps = history.stream()
                .sorted(Comparator.comparing(RolloutEvent::revision).reversed())
                .toList();
        var stage = steps.get(0).stage();
        var waves = last.map(one -> waves(one, stage)).orElse(List.of());
        var devices = last.map(RolloutPicture::devices).orElse(List.of());
        return new RolloutSheet(
                steps.get(0),
                seen.flatMap(one -> one.rollout().progress().map(reached -> reached.since())),
                waves,
                seen.flatMap(RolloutPicture::outlook),
                seen.flatMap(RolloutPicture::verdict),
                states(devices),
                devices.stream().limit(DEVICES).toList(),
                Math.max(0, devices.size() - DEVICES),
                seen.isPresent()
                        ? Optional.empty()
                        : last.map(one -> one.situation().now()),
                steps.stream().limit(STEPS).toList(),
                Math.max(0, steps.size() - STEPS),
                seen.map(one -> Offers.of(
                                one.rollout(),
                                waves,
                                one.situation().evidence().gateways().size(),
                                outlook(one)))
                        .orElse(List.of()));
    }

    /** Those under way, or those that would be told first if nothing changed. */
    private static List<WaveCell> waves(Seen seen, RolloutStage stage) {
        var reached = seen.rollout().progress();
        if (reached.isPresent()) {
            var now = stage == RolloutStage.COMPLETED ? "done" : stage.isFinal() ? "ended" : "now";
            return WaveCell.of(reached.get().waves(), reached.get().wave(), now, running(seen));
        }
        return stage.isFinal() || !seen.rollout().updated().isEmpty()
                ? List.of()
                : seen.rollout()
                        .waves(seen.situation())
                        .map(planned -> WaveCell.of(planned, -1, "now", Set.of()))
                        .orElse(List.of());
    }

    private static Optional<RolloutOutlook> outlook(Seen seen) {
        return seen.rollout().outlook(seen.situation());
    }

    private static Set<GatewayId> running(Seen seen) {
        return seen.rollout().devices(seen.situation()).placed().stream()
                .filter(one -> one.state() == DeviceState.ACTIVE)
                .map(one -> one.gateway().gateway())
                .collect(Collectors.toSet());
    }

    private static List<DeviceLine> devices(Seen seen) {
        return seen.rollout().devices(seen.situation()).placed().stream()
                .map(one -> new DeviceLine(
                        one.gateway().gateway(),
                        one.gateway().site(),
                        one.state(),
                        one.gateway().because()))
                .sorted(Comparator.comparing((DeviceLine line) -> DeviceLine.urgency(line.state()))
                        .thenComparing(DeviceLine::site)
                        .thenComparing(DeviceLine::gateway))
                .toList();
    }

    private static List<RolloutSheet.StateCount> states(List<DeviceLine> devices) {
        return Arrays.stream(DeviceState.values())
                .sorted(Comparator.comparing(DeviceLine::urgency))
                .map(state -> new RolloutSheet.StateCount(
                        DeviceLine.word(state),
                        DeviceLine.tone(state),
                        devices.stream().filter(line -> line.state() == state).count()))
                .filter(count -> count.count() > 0)
                .toList();
    }

    /** The judge's own answer, with a deadline that never comes: what is in doubt is then not decided, instead of paused. */
    private static Optional<RolloutSheet.Verdict> verdict(Seen seen) {
        return seen.rollout().progress().map(reached -> {
            var question = new Question(reached.told(), reached.toldAt(), reached.marks(), Instant.MAX);
            return verdict(question, seen.situation());
        });
    }

    private static RolloutSheet.Verdict verdict(Question question, Situation situation) {
        var judgement = Judge.judge(question, situation);
        var facts = judgement.evidence().stream()
                .filter(fact -> !fact.measure().equals(LOSS))
                .sorted(Comparator.comparing(Evidence::breached).reversed())
                .toList();
        return new RolloutSheet.Verdict(
                judgement.decision(),
                judgement.because(),
                judgement.evidence().stream()
                        .filter(fact -> fact.measure().equals(LOSS))
                        .map(Gauge::new)
                        .toList(),
                facts.stream().limit(FACTS).toList(),
                Math.max(0, facts.size() - FACTS));
    }
}
