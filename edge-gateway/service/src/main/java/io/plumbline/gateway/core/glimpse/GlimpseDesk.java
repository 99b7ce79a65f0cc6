package io.plumbline.gateway.core.glimpse;

import io.plumbline.contract.fleet.GlimpseGrant;
import io.plumbline.contract.message.Frame;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.reading.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the reading path leaves frames that operators may see, and never waits. What nobody has taken when the next of its camera comes is
 * replaced; what waits has at most {@value #MOST_BYTES} bytes, or those of one frame: the oldest leave. Nothing of it is a reading that could be lost.
 * Thread-safe.
 */
public final class GlimpseDesk {

    static final int MOST_BYTES = 1 << 20;
    private static final int MOST_CAMERAS = 1024;

    /** When each was last due, in nanoseconds; the longest ago first. */
    private final Map<Source, Long> last = new LinkedHashMap<>();

    private final Map<Source, Draft> waiting = new LinkedHashMap<>();

    /**
     * A frame that was answered.
     *
     * @param reference what FP32 found on it, in shares of the frame; empty if it was not asked
     * @param message that it came in
     */
    public record Draft(
            GlimpseGrant grant, InferenceResult result, Optional<List<Frame.Found>> reference, Incoming message) {

        private Source source() {
            return new Source(result.device(), result.stream());
        }

        private int bytes() {
            return message.payload().length;
        }
    }

    /**
     * Whether it is time for a frame of this camera; if so, the next is due a period later.
     *
     * @param nanos a clock that never goes back
     */
    public synchronized boolean isDue(Source camera, GlimpseGrant grant, long nanos) {
        var before = last.get(camera);
        if (before != null && nanos - before < grant.every().toNanos()) {
            return false;
        }
        last.remove(camera);
        last.put(camera, nanos);
        if (last.size() > MOST_CAMERAS) {
            last.remove(last.keySet().iterator().next());
        }
        return true;
    }

    /** Leaves a frame. */
    public synchronized void give(Draft draft) {
        waiting.remove(draft.source());
        waiting.put(draft.source(), draft);
        var oldest = waiting.values().iterator();
        while (waiting.size() > 1
                && waiting.values().stream().mapToLong(Draft::bytes).sum() > MOST_BYTES) {
            oldest.next();
            oldest.remove();
        }
        notifyAll();
    }

    /** Waits for a frame and takes it: the one that waits the longest. */
    public synchronized Draft take() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        var first = waiting.values().iterator();
        var draft = first.next();
        first.remove();
        return draft;
    }
}
