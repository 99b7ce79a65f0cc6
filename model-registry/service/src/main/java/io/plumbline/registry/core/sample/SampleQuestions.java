package io.plumbline.registry.core.sample;

import java.time.Instant;
import java.util.Optional;

/** Where it is kept that samples were asked for, apart from the samples themselves. */
public interface SampleQuestions {

    /** In place of when they were asked for before; durable when the call returns. */
    void put(String recalibration, Instant at);

    /** When they were asked for last; empty if they never were, or that is forgotten. */
    Optional<Instant> last(String recalibration);

    void forget(String recalibration);

    /** Forgets the questions before that moment. */
    void forgetBefore(Instant oldest);
}
