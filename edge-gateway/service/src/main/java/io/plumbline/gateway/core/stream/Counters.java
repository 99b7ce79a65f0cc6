package io.plumbline.gateway.core.stream;

import io.plumbline.contract.message.GatewayCounters;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What became of the messages since the data folder was made. One thread writes, any thread may read. */
public final class Counters {

    private volatile long results;
    private volatile long deadLetters;
    private volatile long redelivered;

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

    /** @param pending records of the outbox that Kafka does not have yet */
    public GatewayCounters view(long pending) {
        return new GatewayCounters(results + deadLetters + redelivered, results, deadLetters, redelivered, pending);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(results);
        out.writeLong(deadLetters);
        out.writeLong(redelivered);
    }

    void read(DataInputStream in) throws IOException {
        results = in.readLong();
        deadLetters = in.readLong();
        redelivered = in.readLong();
    }
}
