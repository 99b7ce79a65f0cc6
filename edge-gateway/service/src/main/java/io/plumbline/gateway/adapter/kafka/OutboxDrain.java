package io.plumbline.gateway.adapter.kafka;

import io.plumbline.gateway.adapter.disk.LogReader;
import io.plumbline.gateway.adapter.disk.SegmentedLog;
import io.plumbline.gateway.core.status.Link;
import io.plumbline.gateway.core.status.Reach;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Carries the outbox to Kafka, in order, every record at once. After any failure it starts over behind the last record of which
 * Kafka had said that it is there: what arrived since comes there again, under the same event ids. While Kafka is away, the
 * outbox grows.
 */
public final class OutboxDrain implements Runnable {

    private static final Logger LOG = Logger.getLogger(OutboxDrain.class);
    private static final int BATCH = 500;
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration ON_THE_WAY = Duration.ofMillis(10);
    private static final long LONGEST_DELAY_MILLIS = 5_000;

    private final SegmentedLog log;
    private final DrainMark mark;
    private final Sink.Factory sinks;
    private final long firstDelayMillis;
    private long delayMillis;
    /** Every record before this one has arrived. */
    private long arrived;

    private final Reach reach = new Reach("kafka");
    private volatile boolean stopping;

    /**
     * @param log to which nothing was appended yet since it was opened
     * @param mark is closed when the drain ends
     * @param firstDelay how long to wait after the first of several failures; the others wait longer
     */
    public OutboxDrain(SegmentedLog log, DrainMark mark, Sink.Factory sinks, Duration firstDelay) {
        this.log = log;
        this.mark = mark;
        this.sinks = sinks;
        this.firstDelayMillis = firstDelay.toMillis();
        this.delayMillis = firstDelayMillis;
        this.arrived = mark.within(log.end()).orElse(0);
    }

    /** Whether Kafka takes what is handed to it. */
    public Link link() {
        return reach.link();
    }

    @Override
    public void run() {
        try (mark) {
            while (!finished(log.drained())) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warnf("outbox-position-not-closed reason=%s", e);
        }
    }

    private boolean finished(long position) {
        return stopping && position >= log.end();
    }

    private void attempt() throws InterruptedException {
        try (var sink = sinks.open();
                var reader = log.drainFrom(start())) {
            log.drained(reader.position());
            reach.up();
            LOG.infof("outbox-connected position=%d pending=%d", reader.position(), log.pending());
            drain(sink, reader);
        } catch (RuntimeException | IOException e) {
            reach.down(String.valueOf(e.getMessage()));
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped");
            }
            noteInterruption();
            LOG.warnf("outbox-blocked pending=%d reason=%s retryMillis=%d", log.pending(), e.getMessage(), delayMillis);
            Thread.sleep(delayMillis);
            delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
        }
    }

    /** Without the note, what a full outbox may drop is less after the next start. */
    private void noteInterruption() {
        try {
            log.drainInterrupted();
        } catch (IOException e) {
            LOG.warnf("outbox-mark-not-written reason=%s", e);
        }
    }

    /** A segment goes once all of it has arrived, so the log's begin is a position too. */
    private long start() {
        return Math.max(log.drained(), arrived);
    }

    private void drain(Sink sink, LogReader reader) throws IOException, InterruptedException {
        var skipped = 0L;
        while (!finished(log.drained())) {
            var records = reader.read(BATCH, log.drained() < reader.position() ? ON_THE_WAY : IDLE);
            if (reader.skipped() > skipped) {
                LOG.errorf(
                        "outbox-gap lost=%d position=%d what was not dropped before is damaged",
                        reader.skipped() - skipped, reader.position());
                skipped = reader.skipped();
            }
            if (!records.isEmpty()) {
                sink.send(records, reader.position());
            }
            sink.arrived().ifPresent(this::arrived);
        }
    }

    private void arrived(long position) {
        if (position > arrived) {
            arrived = position;
            log.drained(position);
            mark.reached(position);
            delayMillis = firstDelayMillis;
        }
    }

    /** Ends once everything is in Kafka; interrupt the thread to end without. */
    public void stop() {
        stopping = true;
    }
}
