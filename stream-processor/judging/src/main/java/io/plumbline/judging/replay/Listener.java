package io.plumbline.judging.replay;

import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.StatsDelta;
import java.time.Instant;

/** Hears the past in the order in which it came. */
public interface Listener {

    /**
     * Whether deltas under this key are to be told.
     *
     * @param key {@code model|site}
     */
    boolean concerns(String key);

    /** @param arrived when the log took it, as for the others */
    void on(StatsDelta delta, Instant arrived);

    void on(InferenceResult result, Instant arrived);

    void on(Label label, Instant arrived);
}
