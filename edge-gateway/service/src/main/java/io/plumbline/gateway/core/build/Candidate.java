package io.plumbline.gateway.core.build;

import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.RehearsalScore;
import io.plumbline.inference.Tensor;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A build that answers beside the one that it is to replace. The pipeline's thread shows it inputs, until enough is known; the
 * follower's thread asks what came of it.
 */
public final class Candidate {

    private final Build build;
    private final Rehearsal asked;
    private final Instant until;
    private volatile RehearsalScore score = RehearsalScore.NONE;
    private volatile Optional<String> failure = Optional.empty();

    /** @param now wall clock */
    public Candidate(Build build, Rehearsal asked, Instant now) {
        this.build = build;
        this.asked = asked;
        this.until = now.plus(asked.within());
    }

    /** Whether it is to see more inputs. */
    public boolean isListening() {
        return failure.isEmpty() && score.inputs() < asked.inputs();
    }

    /**
     * An input that the running build answered, and FP32 too.
     *
     * @param running the running build's answer held against FP32's
     */
    public void show(Tensor window, Fidelity running) {
        var model = build.model();
        try {
            score = score.plus(
                    running, model.compare(window, model.predict(window)).fidelity());
        } catch (RuntimeException e) {
            failure =
                    Optional.of("it failed on input " + (score.inputs() + 1) + " of its rehearsal: " + e.getMessage());
        }
    }

    /** Whether it takes the inputs of the build that runs. */
    public boolean takesInputsOf(Build running) {
        return build.known().card().input().equals(running.known().card().input());
    }

    public Build build() {
        return build;
    }

    /** What is known so far. */
    public RehearsalScore score() {
        return score;
    }

    /** What came of a rehearsal. */
    public enum Outcome {
        GOES_ON,
        PASSED,
        FAILED
    }

    /** @param now wall clock */
    public Outcome outcome(Instant now) {
        var known = score;
        if (failure.isPresent()) {
            return Outcome.FAILED;
        }
        if (known.inputs() < asked.inputs()) {
            return now.isBefore(until) ? Outcome.GOES_ON : Outcome.FAILED;
        }
        return known.candidate() >= known.running() || known.candidate() >= asked.minAgreement() * known.inputs()
                ? Outcome.PASSED
                : Outcome.FAILED;
    }

    /** Why it failed, in one line. */
    public String because() {
        var known = score;
        if (failure.isPresent()) {
            return failure.get();
        }
        if (known.inputs() < asked.inputs()) {
            return "only " + known.inputs() + " of " + asked.inputs() + " inputs of its rehearsal came within "
                    + asked.within();
        }
        return String.format(
                Locale.ROOT,
                "of %d inputs it agreed with FP32 on %d, the build that runs on %d; it has to agree on as many, or on %.1f %%",
                known.inputs(),
                known.candidate(),
                known.running(),
                100 * asked.minAgreement());
    }
}
