package io.plumbline.cli.demo;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the product itself said about verdicts, recalibrations and rollouts, with the wall time it was heard. Thread-safe. */
final class LoopWatch {

    static final List<String> TOPICS = List.of(Topics.VERDICTS, Topics.RECALIBRATIONS, Topics.ROLLOUTS);

    private final List<Heard<?>> heard = new ArrayList<>();

    /** @param atMillis wall clock of this process */
    record Heard<T>(long atMillis, T message) {}

    synchronized void hear(ConsumerRecord<String, byte[]> record) {
        var message = decode(record);
        heard.add(new Heard<>(System.currentTimeMillis(), message));
    }

    private static Object decode(ConsumerRecord<String, byte[]> record) {
        return switch (record.topic()) {
            case Topics.VERDICTS -> Json.decode(record.value(), VerdictEvent.class);
            case Topics.RECALIBRATIONS -> Json.decode(record.value(), RecalibrationEvent.class);
            case Topics.ROLLOUTS -> Json.decode(record.value(), RolloutEvent.class);
            default -> throw new IllegalStateException("topic " + record.topic() + " was not asked for: this is a bug");
        };
    }

    /** The first stale verdict on this build since then. */
    synchronized Optional<Heard<VerdictEvent>> stale(Digest build, long sinceMillis) {
        return first(
                VerdictEvent.class,
                sinceMillis,
                verdict -> verdict.verdict() == Verdict.CALIBRATION_STALE
                        && verdict.cohort().build().equals(build));
    }

    /** The first refusal to recalibrate this build since then. */
    synchronized Optional<Heard<RecalibrationEvent.Refused>> refused(Digest build, long sinceMillis) {
        return first(
                RecalibrationEvent.Refused.class,
                sinceMillis,
                refused -> refused.build().equals(build));
    }

    /** When the rollout that replaces this build reached the stage. */
    synchronized Optional<Heard<RolloutEvent>> rollout(Digest baseline, RolloutStage stage, long sinceMillis) {
        return first(
                RolloutEvent.class,
                sinceMillis,
                rollout -> rollout.baseline().equals(baseline) && rollout.stage() == stage);
    }

    /** The newest event of the rollouts that would replace this build. */
    synchronized Optional<RolloutEvent> newestRollout(Digest baseline) {
        return rollouts().filter(rollout -> rollout.baseline().equals(baseline)).reduce((first, second) -> second);
    }

    /** What the newest completed rollout left running; empty before the first. */
    synchronized Optional<Digest> running() {
        return rollouts()
                .filter(rollout -> rollout.stage() == RolloutStage.COMPLETED)
                .reduce((first, second) -> second)
                .map(RolloutEvent::candidate);
    }

    /** Whether a recalibration has no answer yet, or its build no rollout, or the newest rollout no end. */
    synchronized boolean isUnderWay() {
        return messages(RecalibrationEvent.Requested.class).anyMatch(this::isOpen)
                || messages(RecalibrationEvent.Accepted.class).anyMatch(this::awaitsRollout)
                || rollouts()
                        .reduce((first, second) -> second)
                        .filter(rollout -> !rollout.stage().isFinal())
                        .isPresent();
    }

    private boolean isOpen(RecalibrationEvent.Requested request) {
        return messages(RecalibrationEvent.class)
                .noneMatch(event -> event.id().equals(request.id())
                        && event.decides()
                        && !(event instanceof RecalibrationEvent.Requested));
    }

    private boolean awaitsRollout(RecalibrationEvent.Accepted accepted) {
        return rollouts().noneMatch(rollout -> rollout.candidate().equals(accepted.candidate()));
    }

    private Stream<RolloutEvent> rollouts() {
        return messages(RolloutEvent.class);
    }

    private <T> Stream<T> messages(Class<T> type) {
        return heard.stream().map(Heard::message).filter(type::isInstance).map(type::cast);
    }

    private <T> Optional<Heard<T>> first(Class<T> type, long sinceMillis, Predicate<T> which) {
        return heard.stream()
                .filter(one -> one.atMillis() >= sinceMillis && type.isInstance(one.message()))
                .filter(one -> which.test(type.cast(one.message())))
                .map(one -> new Heard<>(one.atMillis(), type.cast(one.message())))
                .findFirst();
    }
}
