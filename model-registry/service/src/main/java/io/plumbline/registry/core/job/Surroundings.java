package io.plumbline.registry.core.job;

import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.core.recalibration.CandidateBuilder;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Where effects go.
 *
 * @param tasks to the gateways
 * @param events requests and outcomes, to everybody
 * @param progress to whoever watches; it may be lost
 * @param builder of candidates
 * @param builds where it works
 */
public record Surroundings(
        Consumer<CalibrationMessage> tasks,
        Consumer<RecalibrationEvent> events,
        Consumer<RecalibrationEvent.Progressed> progress,
        CandidateBuilder builder,
        Executor builds) {}
