package io.plumbline.gateway.core.stream;

import io.plumbline.contract.fleet.Windowing;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.core.outbox.Loss;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.Placing;
import io.plumbline.gateway.core.outbox.RefusalTrace;
import io.plumbline.gateway.core.outbox.ResultTrace;
import io.plumbline.gateway.core.reading.Reading;
import io.plumbline.gateway.core.reading.Source;
import io.plumbline.gateway.core.stats.Observation;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stats.StatsSubject;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.SensorInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything the gateway remembers of its readings. {@link #apply} folds outbox records into it after a crash; while the
 * gateway runs, the pipeline changes it in the same way. Only {@link #counters()} may be read from other threads.
 *
 * <p>Saved as: version byte 7, counters (5 x i64; 3 in version 1, 4 in versions 2 to 4), last statistics sequence (i64), refusals (before version 4
 * without the names of the streams), number of streams (i32), per stream its name and memory, and from version 3 on, per stream
 * and device how long its values repeat, and from version 6 on, when its model was asked, and from version 7 on, when it was used. Numbers are big-endian.
 */
public final class GatewayMemory {

    private static final int VERSION = 7;
    /** Without when each device was used. */
    private static final int WITHOUT_USES = 6;
    /** Without how long ago each device's model was asked. */
    private static final int WITHOUT_PACES = 5;
    /** Without losses among the counters. */
    private static final int WITHOUT_LOSSES = 4;
    /** With refusals that do not say of which stream, and without birth certificates. */
    private static final int NAMELESS_REFUSALS = 3;
    /** Without how long values repeat. */
    private static final int WITHOUT_RUNS = 2;
    /** Without dropped frames among the counters. */
    private static final int WITHOUT_FRAMES = 1;

    private final StatsRules rules;
    private final Clock clock;
    private final DeviceClocks clocks;
    private final Counters counters = new Counters();
    private final Map<StreamId, StreamMemory> streams = new TreeMap<>();
    private RefusalLedger refusals = new RefusalLedger();
    private long lastSequence;
    private final int mostDevices;
    private long uses;
    private volatile int devices;
    private volatile long evicted;

    /**
     * @param clock wall clock
     * @param clockSkew how far ahead the clock of a device may be
     */
    public GatewayMemory(StatsRules rules, Clock clock, Duration clockSkew) {
        this(rules, clock, clockSkew, Integer.MAX_VALUE);
    }

    /** @param mostDevices that are remembered, in all streams; at least 1 */
    public GatewayMemory(StatsRules rules, Clock clock, Duration clockSkew, int mostDevices) {
        this.mostDevices = mostDevices;
        this.rules = rules;
        this.clock = clock;
        this.clocks = new DeviceClocks(clockSkew);
    }

    public Counters counters() {
        return counters;
    }

    public DeviceClocks clocks() {
        return clocks;
    }

    public RefusalLedger refusals() {
        return refusals;
    }

    public StreamMemory stream(StreamId stream) {
        return streams.computeIfAbsent(stream, s -> new StreamMemory(rules));
    }

    /** Devices that are remembered, in all streams; any thread. */
    public int devices() {
        return devices;
    }

    /** Whether so many devices may be used without one having to leave. */
    public boolean hasRoomFor(int more) {
        count();
        return devices + more <= mostDevices;
    }

    /** Devices that left since the start, to make room for others; any thread. */
    public long evicted() {
        return evicted;
    }

    /** The oldest idle device leaves where there are too many. */
    private void used(DeviceMemory device) {
        uses++;
        device.used(uses);
        for (count(); devices > mostDevices; count()) {
            evict();
            evicted = evicted + 1;
        }
    }

    private void count() {
        var count = 0;
        for (var stream : streams.values()) {
            count += stream.size();
        }
        devices = count;
    }

    private void evict() {
        streams.values().stream()
                .min(Comparator.comparingLong(StreamMemory::oldestUse))
                .ifPresent(StreamMemory::forgetOldest);
    }

    /** Remembers only these devices of a stream. Returns what makes that durable; empty if there were no others. */
    public Optional<OutboxRecord> retain(StreamId stream, Set<DeviceId> only) {
        var gone = stream(stream).others(only);
        stream(stream).forget(gone);
        count();
        return gone.isEmpty() ? Optional.empty() : Optional.of(OutboxRecord.forgotten(stream, gone));
    }

    /** Remembers nothing of a stream. Returns what makes that durable. */
    public OutboxRecord forget(StreamId stream) {
        streams.remove(stream);
        count();
        return OutboxRecord.forgotten(stream, List.of());
    }

    private void forget(OutboxRecord record) {
        var gone = record.forgotten();
        if (gone.isEmpty()) {
            forget(record.stream());
        } else {
            stream(record.stream()).forget(gone);
            count();
        }
    }

    /** Every stream there was since it last left the assignment. */
    public Map<StreamId, StreamMemory> streams() {
        return streams;
    }

    /**
     * A sequence number for the next statistics delta: larger than every one before, also than those of a data folder that
     * was lost, as long as the wall clock does not run backwards in between.
     */
    public long nextSequence() {
        lastSequence = Math.max(lastSequence + 1, clock.millis());
        return lastSequence;
    }

    /** Hears of every window that a replayed reading completed. */
    @FunctionalInterface
    public interface WindowListener {

        void completed(InferenceResult result, SensorInput input, Tensor window);
    }

    /** Does to the memory what the live pipeline did when it wrote this record. */
    public void apply(OutboxRecord record, KnownBuilds builds, WindowListener windows) {
        switch (record.kind()) {
            case RESULT -> {
                var result = InferenceResult.from(record.value());
                var trace = ResultTrace.from(record.trace());
                var build = builds.find(result.model(), result.build());
                var reading = new Reading(result.event(), result.device(), result.eventTime(), trace.values());
                var window = window(result.stream(), reading, trace.placing(), build);
                window.ifPresent(full -> input(build).ifPresent(sensor -> windows.completed(result, sensor, full)));
                answered(reading, result, trace, build);
                refusals.reused(trace.packet());
            }
            case DEAD_LETTER -> {
                var stream = DeadLetter.from(record.headers()).stream();
                refusals.refusedBefore(RefusalTrace.from(record.trace()), stream);
                counters.deadLetter();
            }
            case STATS -> {
                var key = StatsDelta.from(record.value()).key();
                stream(key.stream()).stats().sent(key);
                lastSequence = Math.max(lastSequence, key.sequence());
            }
            case BIRTH -> born(record);
            case FORGOTTEN -> forget(record);
            case DROPPED -> counters.dropped(record.dropped());
            case EVENT -> Loss.of(record).ifPresent(loss -> counters.lost(loss.answers()));
        }
    }

    /** What a device has just said of itself, if it was anything new: to be durable before its message is acknowledged. */
    public Optional<OutboxRecord> birth(Source source) {
        var certificate = stream(source.stream()).device(source.device()).certificate();
        if (!certificate.takeChange()) {
            return Optional.empty();
        }
        used(stream(source.stream()).device(source.device()));
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            certificate.write(out);
        } catch (IOException e) {
            throw new IllegalStateException("a birth certificate that cannot be written is a bug", e);
        }
        return Optional.of(OutboxRecord.birth(source.stream(), source.device(), bytes.toByteArray()));
    }

    private void born(OutboxRecord record) {
        try (var in = new DataInputStream(new ByteArrayInputStream(record.trace()))) {
            stream(record.stream())
                    .device(new DeviceId(record.key()))
                    .certificate()
                    .read(in);
        } catch (IOException e) {
            throw new MalformedMessageException("a birth certificate ends too early", e);
        }
        used(stream(record.stream()).device(new DeviceId(record.key())));
    }

    /** Where a reading that was accepted goes; changes nothing. */
    public Placing place(StreamId stream, Reading reading, Windowing windowing, Optional<KnownBuild> build) {
        return stream(stream).device(reading.device()).place(reading.time(), windowing, input(build));
    }

    /**
     * A reading was accepted. Either {@link #answered} or {@link #abandon} follows.
     *
     * @param build what is to answer; empty if it is no longer known
     * @return the window that ends with it, if it is full and the model is to be asked
     */
    public Optional<Tensor> window(StreamId stream, Reading reading, Placing placing, Optional<KnownBuild> build) {
        return stream(stream).device(reading.device()).window(reading, placing, input(build));
    }

    /** A reading could not be answered: it is as if it had never come, which is how a start will see it. */
    public void abandon(StreamId stream, Reading reading) {
        stream(stream).device(reading.device()).abandon();
    }

    private static Optional<SensorInput> input(Optional<KnownBuild> build) {
        return build.flatMap(KnownBuild::sensor);
    }

    /**
     * A reading was answered.
     *
     * @param build what answered; empty if it is no longer known
     */
    public void answered(Reading reading, InferenceResult result, ResultTrace trace, Optional<KnownBuild> build) {
        var observation = new Observation(result, trace.values(), trace.fidelity(), build.map(KnownBuild::profile));
        var stream = stream(result.stream());
        var subject = StatsSubject.of(result, trace.statsWindow());
        var now = clock.instant();
        stream.stats().add(subject, observation, now);
        var device = stream.device(reading.device());
        build.ifPresent(known -> device.runs()
                .add(
                        observation.values(),
                        known.limits(),
                        subject.windowStart(reading.time()).toEpochMilli(),
                        (start, feature, kind) -> stream.stats()
                                .fault(
                                        subject,
                                        Instant.ofEpochMilli(start),
                                        SensorFault.one(reading.device(), feature, kind),
                                        now)));
        if (result.frame().isPresent()) {
            trace.dropped().forEach(device::remember);
            device.remember(reading.event());
            counters.dropped(trace.dropped().size());
        } else {
            device.remember(reading, trace.placing(), input(build));
        }
        counters.result();
        used(device);
    }

    /**
     * A stream refused a message.
     *
     * @param connection number of the connection it came on
     */
    public void refused(RefusalTrace trace, StreamId stream, long connection) {
        refusals.refused(trace, stream, connection);
        counters.deadLetter();
    }

    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            counters.write(out);
            out.writeLong(lastSequence);
            refusals.write(out);
            out.writeInt(streams.size());
            for (var entry : streams.entrySet()) {
                out.writeUTF(entry.getKey().value());
                entry.getValue().write(out);
            }
            for (var stream : streams.values()) {
                stream.writeRuns(out);
            }
            for (var stream : streams.values()) {
                stream.writePaces(out);
            }
            for (var stream : streams.values()) {
                stream.writeUses(out);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a memory that cannot be written is a bug", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Takes over what was saved; only into a fresh memory.
     *
     * @throws MalformedMessageException if the bytes are not a memory
     */
    public void restore(byte[] saved) {
        try (var in = new DataInputStream(new ByteArrayInputStream(saved))) {
            var version = in.readUnsignedByte();
            if (version < WITHOUT_FRAMES || version > VERSION) {
                throw new MalformedMessageException("memory of unknown version " + version);
            }
            counters.read(in, version != WITHOUT_FRAMES, version > WITHOUT_LOSSES);
            lastSequence = in.readLong();
            refusals = RefusalLedger.read(in, version > NAMELESS_REFUSALS);
            var size = in.readInt();
            for (int i = 0; i < size; i++) {
                stream(new StreamId(in.readUTF())).read(in, clock.instant(), version > NAMELESS_REFUSALS);
            }
            if (version > WITHOUT_RUNS) {
                for (var stream : streams.values()) {
                    stream.readRuns(in);
                }
            }
            if (version > WITHOUT_PACES) {
                for (var stream : streams.values()) {
                    stream.readPaces(in);
                }
            }
            if (version > WITHOUT_USES) {
                for (var stream : streams.values()) {
                    uses = Math.max(uses, stream.readUses(in));
                }
            }
            count();
        } catch (IOException e) {
            throw new MalformedMessageException("memory ends too early", e);
        }
    }
}
