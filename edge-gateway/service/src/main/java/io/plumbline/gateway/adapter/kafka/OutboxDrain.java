package io.plumbline.gateway.adapter.kafka;

import io.plumbline.gateway.adapter.disk.LogReader;
import io.plumbline.gateway.adapter.disk.SegmentedLog;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Carries the outbox to Kafka, in order, a transaction per batch. After any failure it starts over from the position that
 * Kafka has, because whether the last transaction took place is then unknown. While Kafka is away, the outbox grows.
 */
public final class OutboxDrain implements Runnable {

    private static final Logger LOG = Logger.getLogger(OutboxDrain.class);
    private static final int BATCH = 500;
    private static final long LINGER_MILLIS = 40;
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final long LONGEST_DELAY_MILLIS = 5_000;

    private final SegmentedLog log;
    private final Sink.Factory sinks;
    private final long drainedBefore;
    private final long firstDelayMillis;
    private long delayMillis;
    private volatile boolean connected;
    private volatile boolean stopping;

    /**
     * @param drainedBefore a position that Kafka is known to have reached, for when it has forgotten
     * @param firstDelay how long to wait after the first of several failures; the others wait longer
     */
    public OutboxDrain(SegmentedLog log, Sink.Factory sinks, long drainedBefore, Duration firstDelay) {
        this.log = log;
        this.sinks = sinks;
        this.drainedBefore = drainedBefore;
        this.firstDelayMillis = firstDelay.toMillis();
        this.delayMillis = firstDelayMillis;
    }

    /** Whether the last transaction succeeded. */
    public boolean connected() {
        return connected;
    }

    @Override
    public void run() {
        try {
            while (!finished(log.drained())) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean finished(long position) {
        return stopping && position >= log.end();
    }

    private void attempt() throws InterruptedException {
        try (var sink = sinks.open();
                var reader = log.readFrom(start(sink))) {
            log.drained(reader.position());
            connected = true;
            LOG.infof("outbox-connected position=%d pending=%d", reader.position(), log.pending());
            drain(sink, reader);
        } catch (RuntimeException | IOException e) {
            connected = false;
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped");
            }
            LOG.warnf("outbox-blocked pending=%d reason=%s retryMillis=%d", log.pending(), e.getMessage(), delayMillis);
            Thread.sleep(delayMillis);
            delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
        }
    }

    /** Kafka's word counts; a folder whose log was taken away starts at what is there. */
    private long start(Sink sink) {
        return Math.min(sink.position().orElse(drainedBefore), log.end());
    }

    private void drain(Sink sink, LogReader reader) throws IOException, InterruptedException {
        var skipped = 0L;
        while (!finished(reader.position())) {
            var records = batch(reader);
            if (reader.skipped() > skipped) {
                LOG.errorf("outbox-damaged lost=%d position=%d", reader.skipped() - skipped, reader.position());
                skipped = reader.skipped();
            }
            if (!records.isEmpty()) {
                sink.commit(records, reader.position());
                log.drained(reader.position());
                delayMillis = firstDelayMillis;
            }
        }
    }

    private List<OutboxRecord> batch(LogReader reader) throws IOException, InterruptedException {
        var records = reader.read(BATCH, PATIENCE);
        if (!records.isEmpty() && records.size() < BATCH && !stopping) {
            TimeUnit.MILLISECONDS.sleep(LINGER_MILLIS);
            records.addAll(reader.read(BATCH - records.size(), Duration.ZERO));
        }
        return records;
    }

    /** Ends once everything is in Kafka; interrupt the thread to end without. */
    public void stop() {
        stopping = true;
    }
}
