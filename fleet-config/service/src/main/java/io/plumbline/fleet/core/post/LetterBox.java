package io.plumbline.fleet.core.post;

import java.time.Instant;
import java.util.List;

/** The letters in the store. Thread-safe. */
public interface LetterBox {

    /** Letters to a sink whose time has come, the one that is due longest first. */
    List<Waiting> due(String sink, Instant now, int limit);

    /** An attempt begins. */
    void attempt(Waiting letter);

    /** The sink has it. If a newer one has taken its place meanwhile, that one is due now. */
    void delivered(Waiting letter, Instant now);

    /** It did not work and is tried again. */
    void failed(Waiting letter, String problem, Instant again);

    /** It did not work and is not tried again. */
    void gaveUp(Waiting letter, String problem, Instant now);
}
