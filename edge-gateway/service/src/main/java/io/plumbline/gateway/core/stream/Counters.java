package io.plumbline.gateway.core.stream;

import io.plumbline.contract.message.GatewayCounters;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/** What became of the messages since the data folder was made. One thread writes, any thread may read. */
public final class Counters {

    private volatile long results;
    private volatile long deadLetters;
    private volatile long redelivered;
    private volatile long dropped;
    private volatile long lost;

    /** Only the pipeline's thread calls this, as the other counting methods. */
    public void result() {
        results = results + 1;
    }

    public void deadLetter() {
        deadLetters = deadLetters + 1;
    }

    public void redelivered() {
        redelivered = redelivered + 1;
    }

    /** Camera frames were passed over for a newer one, or messages found no room. */
    public void dropped(int messages) {
        dropped = dropped + messages;
    }

    /** Results and dead letters left the outbox before Kafka had them. */
    public void lost(long answers) {
        lost = lost + answers;
    }

    /** @param pending records of the outbox that Kafka does not have yet */
    public GatewayCounters view(long pending) {
        var over = dropped;
        var gone = lost;
        return new GatewayCounters(
                results + deadLetters + redelivered + over,
                results,
                deadLetters,
                redelivered,
                pending,
                over == 0 ? Optional.empty() : Optional.of(over),
                gone == 0 ? Optional.empty() : Optional.of(gone));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(results);
        out.writeLong(deadLetters);
        out.writeLong(redelivered);
        out.writeLong(dropped);
        out.writeLong(lost);
    }

    /**
     * @param frames whether dropped frames were counted
     * @param losses whether what a full outbox lost was
     */
    void read(DataInputStream in, boolean frames, boolean losses) throws IOException {
        results = in.readLong();
        deadLetters = in.readLong();
        redelivered = in.readLong();
        dropped = frames ? in.readLong() : 0;
        lost = losses ? in.readLong() : 0;
    }
}
