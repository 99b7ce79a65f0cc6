package io.plumbline.cli.verdict;

import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.judging.policy.RecalibrationPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What follows from a verdict, and why: one sentence a line. */
final class Consequence {

    private static final Duration DAY = Duration.ofDays(1);

    private final VerdictEvent verdict;
    private final Said said;

    Consequence(VerdictEvent verdict, Said said) {
        this.verdict = verdict;
        this.said = said;
    }

    /** @param policy in force; empty where it is not known */
    List<String> lines(Optional<RecalibrationPolicy> policy) {
        return switch (verdict.verdict()) {
            case CALIBRATION_STALE -> recalibration(policy);
            case RUNTIME_MISMATCH ->
                List.of(
                        "The runtime answers differently from the model: roll this build back on "
                                + verdict.cohort().site() + " and look at its machines.",
                        "No recalibration is requested: other ranges would not change what the runtime does.");
            case CONCEPT_DRIFT ->
                List.of(
                        "Retrain the model: FP32 is wrong too.",
                        "No recalibration is requested: INT8 already does what FP32 does.");
            case DATA_DRIFT ->
                List.of("Nothing has to be done now: INT8 follows FP32 on the new inputs. Watch the accuracy.");
            case SENSOR_FAULT ->
                List.of(
                        "Repair or replace the sensor. What its readings can account for does not count against the model.");
            case INSUFFICIENT -> List.of("Wait: nothing is known, which is not the same as all being well.");
            case STABLE -> List.of("Nothing has to be done.");
        };
    }

    private List<String> recalibration(Optional<RecalibrationPolicy> policy) {
        var events = said.recalibrations().stream()
                .filter(event -> event.id().equals(verdict.id()))
                .toList();
        if (events.isEmpty()) {
            return List.of(
                    policy.map(this::whyNone).orElse("The log has no request for a recalibration by this verdict."));
        }
        var lines = new ArrayList<String>();
        events.forEach(event -> lines.add(words(event)));
        if (events.size() == 1 && events.get(0) instanceof RecalibrationEvent.Requested) {
            lines.add("The registry has not answered in the log yet.");
        }
        return lines;
    }

    private static String words(RecalibrationEvent event) {
        if (event instanceof RecalibrationEvent.Requested requested) {
            return "A recalibration was requested at " + Words.minute(requested.at()) + " for "
                    + requested.sites().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".";
        }
        if (event instanceof RecalibrationEvent.Accepted accepted) {
            return "Build " + accepted.candidate().shortHex() + " passed the gate: " + accepted.because() + ".";
        }
        return event instanceof RecalibrationEvent.Refused refused
                ? "The registry refused: " + refused.because() + "."
                : "Something else became of it.";
    }

    private String whyNone(RecalibrationPolicy policy) {
        var before = said.requests().stream()
                .filter(request -> request.model().equals(verdict.cohort().model()))
                .filter(request -> !request.at().isAfter(verdict.at()))
                .toList();
        var cooling = before.stream()
                .filter(request -> request.build().equals(verdict.cohort().build()))
                .filter(request -> request.at().plus(policy.cooldown()).isAfter(verdict.at()))
                .reduce((first, second) -> second);
        var today = before.stream()
                .filter(request -> request.at().isAfter(verdict.at().minus(DAY)))
                .count();
        if (cooling.isPresent()) {
            return "No recalibration was requested: one of this build was at "
                    + Words.minute(cooling.get().at()) + ", and " + policy.cooldown() + " must lie between two.";
        }
        return today >= policy.dailyBudget()
                ? "No recalibration was requested: " + today + " of this model were within a day, and no more than "
                        + policy.dailyBudget() + " are allowed."
                : "The log has no request for a recalibration by this verdict.";
    }
}
