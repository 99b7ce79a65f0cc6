package io.plumbline.fleet.core.post;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The letters in the store. Thread-safe. */
public interface LetterBox {

    /** Letters to a sink whose time has come, the one that is due longest first. */
    List<Waiting> due(String sink, Instant now, int limit);

    /**
     * Alerts that a sink does not know to be open yet: a letter that says so waits.
     *
     * @return their ids
     */
    Set<String> unheard(String sink);

    /**
     * An attempt begins, unless the letter is no longer what it was when it was looked for.
     *
     * @return false if it is not to be tried: a newer one has taken its place, it is settled, or it is not due any more
     */
    boolean attempt(Waiting letter, Instant now);

    /**
     * The sink has it. A newer one that has taken its place meanwhile waits for its own time.
     *
     * @param remark what was wrong all the same; empty for nothing
     */
    void delivered(Waiting letter, Optional<String> remark, Instant now);

    /** It did not work and is tried again. */
    void failed(Waiting letter, String problem, Instant again);

    /** It did not work and is not tried again. A newer one that has taken its place meanwhile is. */
    void gaveUp(Waiting letter, String problem, Instant now);
}
