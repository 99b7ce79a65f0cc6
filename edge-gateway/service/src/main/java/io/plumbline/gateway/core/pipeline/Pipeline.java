package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Candidate;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.frame.FrameDecoder;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.reading.Decoded;
import io.plumbline.gateway.core.reading.Reading;
import io.plumbline.gateway.core.reading.Source;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.core.trace.Followed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What one message, one swap, one tick of the clock means: changes to the memory, and records for the outbox, which the
 * caller takes with {@link #takeRecords} and makes durable before anything is acknowledged. Belongs to one thread.
 */
public final class Pipeline {

    private static final int MAX_KEPT = 512 << 10;
    private static final StreamId UNASSIGNED = new StreamId("unassigned");

    private final Self self;
    private final GatewayMemory memory;
    private final Reservoirs reservoirs;
    private final Answers answers;
    private final GatewayMetrics metrics;
    private final RollCall rollCall;
    private final ActiveStreams streams;
    private final StatsFlow stats;

    private List<OutboxRecord> records = new ArrayList<>();
    private List<OutboxRecord> letters = new ArrayList<>();
    private Followed followed = Followed.NOT;
    private Optional<Incoming> next = Optional.empty();
    private final List<Followed> unkept = new ArrayList<>();

    public Pipeline(
            Self self, GatewayMemory memory, Reservoirs reservoirs, Inference inference, GatewayMetrics metrics) {
        this.self = self;
        this.memory = memory;
        this.reservoirs = reservoirs;
        this.answers = new Answers(memory, reservoirs, inference, self.clock(), new Settled());
        this.metrics = metrics;
        this.rollCall = new RollCall(self, memory);
        this.streams = new ActiveStreams(self.site());
        this.stats = new StatsFlow(self, memory, metrics, record -> records.add(record));
    }

    /** Frames of streams that begin from here on are decoded on this executor while others are answered. */
    public void decodeAhead(Executor decoder) {
        streams.decodeAhead(decoder);
    }

    /**
     * What has to become durable now; afterwards there is nothing to take. Dead letters come last: a replay forgets what was
     * refused under a packet identifier when it finds a result under it, which may be that of the same message.
     */
    List<OutboxRecord> takeRecords() {
        var taken = records;
        taken.addAll(letters);
        records = new ArrayList<>();
        letters = new ArrayList<>();
        return taken;
    }

    /** Whether there is something to take. */
    boolean hasRecords() {
        return !records.isEmpty() || !letters.isEmpty();
    }

    /** What was taken is durable. */
    void kept() {
        unkept.forEach(Followed::kept);
        unkept.clear();
    }

    GatewayMemory memory() {
        return memory;
    }

    Reservoirs reservoirs() {
        return reservoirs;
    }

    /** How many messages may be handled at once: all, where frames are dropped, so that the newest is among them. */
    int most(int few) {
        return streams.dropsFrames() ? Integer.MAX_VALUE : few;
    }

    /**
     * For each message and each stream that takes its topic exactly one result, or exactly one dead letter, or nothing if the
     * stream took it before or it is a neighbour's; frames that are passed over are counted in the result of the newer one.
     * What no stream takes is one dead letter.
     */
    void handle(List<Incoming> batch) {
        if (streams.dropsFrames()) {
            handleNewestFrames(batch);
        } else {
            for (int i = 0; i < batch.size(); i++) {
                var message = batch.get(i);
                next = Optional.ofNullable(i + 1 < batch.size() ? batch.get(i + 1) : null);
                takers(message).forEach(stream -> decide(message, stream, List.of()));
            }
        }
        answers.flush();
    }

    private void handleNewestFrames(List<Incoming> batch) {
        var frames = new NewestFrames();
        for (var message : batch) {
            for (var stream : takers(message)) {
                if (stream.dropsFrames()) {
                    frames.add(stream, message);
                } else {
                    decide(message, stream, List.of());
                }
            }
        }
        var cameras = frames.cameras();
        for (int i = 0; i < cameras.size(); i++) {
            next = Optional.ofNullable(
                    i + 1 < cameras.size() ? cameras.get(i + 1).newest() : null);
            answerNewest(cameras.get(i));
        }
    }

    /** So many messages found no room in the inbox. */
    void dropped(int messages) {
        if (messages > 0) {
            memory.counters().dropped(messages);
            records.add(OutboxRecord.dropped(messages));
        }
    }

    void handle(Incoming message) {
        handle(List.of(message));
    }

    /** The newest that can be answered; what is older is dropped. */
    private void answerNewest(NewestFrames.Waiting waiting) {
        var frames = waiting.frames();
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (decide(frames.get(i), waiting.stream(), frames.subList(0, i))) {
                return;
            }
        }
    }

    /** The streams that take a message and have not refused it before. Without any it is a dead letter, once. */
    private List<ActiveStream> takers(Incoming message) {
        var refusedBy =
                memory.refusals().arrived(message.trace(), message.delivery().connection());
        var takers = streams.takers(message.topic());
        if (!refusedBy.isEmpty()) {
            var all = takers.isEmpty() || refusedBy.contains(UNASSIGNED);
            takers.removeIf(stream -> all || isRepeated(stream, refusedBy));
            if (all) {
                redelivered();
            }
        } else if (takers.isEmpty()) {
            followed = metrics.follow(message);
            refuse(message, UNASSIGNED, unknown("no stream of the assignment takes this topic"));
        }
        return takers;
    }

    private boolean isRepeated(ActiveStream stream, Set<StreamId> refusedBy) {
        var repeated = refusedBy.contains(stream.name());
        if (repeated) {
            redelivered();
        }
        return repeated;
    }

    /** Whether it was answered, and the older ones dropped. */
    private boolean decide(Incoming message, ActiveStream stream, List<Incoming> older) {
        followed = metrics.follow(message);
        try {
            return handle(message, stream, older);
        } catch (RuntimeException bug) {
            return fail(message, stream, bug);
        }
    }

    private boolean fail(Incoming message, ActiveStream stream, RuntimeException bug) {
        metrics.messageFailed(bug);
        return refuse(
                message, stream.name(), Decoded.Refused.of(DeadLetterReason.INTERNAL, "a bug in the gateway: " + bug));
    }

    private boolean handle(Incoming message, ActiveStream stream, List<Incoming> older) {
        var name = stream.name();
        var named = stream.topics().device(message.topic());
        if (stream.leaves(named)) {
            metrics.leftToNeighbour();
            followed.passedOver();
            return false;
        }
        var device = named.filter(stream.devices()::contains);
        if (device.isEmpty()) {
            return refuse(message, name, unknown("the topic's device does not belong to stream " + name));
        }
        var source = new Source(device.get(), name);
        if (answers.awaits(source)) {
            answers.flush();
        }
        rollCall.silence().heard(source, message.delivery().receivedAt());
        if (isKnownFrame(message, stream, source)) {
            redelivered();
            followed.passedOver();
            return false;
        }
        var decoded = stream.decode(source, message, () -> memory.stream(name).device(source.device()));
        if (stream.takesFrames()) {
            next.ifPresent(streams::expect);
        }
        if (stream.hasBirths()) {
            memory.birth(source).ifPresent(records::add);
        }
        return decoded.fold(reading -> take(message, stream, reading, older), refused -> {
            refused.culprit()
                    .filter(culprit -> objection(source, culprit.at(), message).isEmpty())
                    .ifPresent(culprit -> stats.impossible(stream, source, refused.reason(), culprit));
            return refuse(message, name, refused);
        });
    }

    /** Known before it is decoded, which is most of the work: after a lost connection all that was in flight comes again. */
    private boolean isKnownFrame(Incoming message, ActiveStream stream, Source source) {
        return stream.takesFrames()
                && FrameDecoder.event(source, message.payload(), message.stamp())
                        .filter(memory.stream(source.stream()).device(source.device())::knows)
                        .isPresent();
    }

    /** Why the time cannot be right. */
    private Optional<String> objection(Source source, Instant time, Incoming message) {
        return memory.clocks().objection(source, time, message.delivery().receivedAt());
    }

    /** @param hearing whether messages can come at all */
    void lookForSilence(boolean hearing) {
        if (rollCall.call(hearing, streams().values())) {
            stats.counted();
        }
    }

    private static Decoded.Refused unknown(String detail) {
        return new Decoded.Refused(DeadLetterReason.UNKNOWN_DEVICE, detail);
    }

    private boolean take(Incoming message, ActiveStream stream, Reading reading, List<Incoming> older) {
        var name = stream.name();
        followed.decoded();
        if (memory.stream(name).device(reading.device()).knows(reading.event())) {
            redelivered();
            followed.passedOver();
            return false;
        }
        var objection = objection(new Source(reading.device(), name), reading.time(), message);
        if (objection.isPresent()) {
            return refuse(message, name, Decoded.Refused.of(DeadLetterReason.CLOCK_AHEAD, objection.get()));
        }
        return answers.answer(new Answers.Accepted(message, stream, reading, older, followed));
    }

    private final class Settled implements Answers.Listener {

        @Override
        public void answered(Answers.Accepted accepted, int dropped, OutboxRecord record, Instant now) {
            records.add(record);
            if (accepted.followed() != Followed.NOT) {
                unkept.add(accepted.followed());
            }
            stats.answered(now);
            if (!accepted.older().isEmpty()) {
                metrics.dropped(dropped);
                for (int i = dropped; i < accepted.older().size(); i++) {
                    redelivered();
                }
            }
        }

        @Override
        public void failed(Answers.Accepted accepted, RuntimeException bug) {
            followed = accepted.followed();
            fail(accepted.message(), accepted.stream(), bug);
        }
    }

    private boolean refuse(Incoming message, StreamId stream, Decoded.Refused refused) {
        var letter = new DeadLetter(
                refused.reason(),
                refused.detail(),
                message.topic(),
                self.gateway(),
                self.site(),
                stream,
                message.delivery().receivedAt());
        var trace = message.trace();
        memory.refused(trace, stream, message.delivery().connection());
        metrics.deadLettered(refused.reason());
        followed.refused(refused.reason());
        letters.add(OutboxRecord.deadLetter(letter, kept(message.payload()), trace));
        return false;
    }

    /** As it came; of what is larger than a Kafka record may be, only the beginning. */
    private static byte[] kept(byte[] payload) {
        return payload.length <= MAX_KEPT ? payload : Arrays.copyOf(payload, MAX_KEPT);
    }

    private void redelivered() {
        memory.counters().redelivered();
        metrics.redelivered();
    }

    /** Sends the statistics that are due. */
    void tick() {
        stats.tick();
    }

    /** Sends all statistics, whether their windows are over or not. */
    void flushStats() {
        stats.flush();
    }

    /** From here on this build answers. Returns the build it replaces, which the caller closes. */
    Optional<Build> activate(StreamAssignment assignment, Build build, GatewayEvent event) {
        stats.flush(assignment.stream());
        var before = streams.put(assignment, build);
        retain(assignment);
        report(self -> event);
        return before;
    }

    /** Whether this candidate is shown what the stream's build and FP32 answer. */
    boolean rehearse(StreamId stream, Candidate candidate) {
        return streams.rehearse(stream, candidate);
    }

    void endRehearsal(StreamId stream) {
        streams.endRehearsal(stream);
    }

    /** Other settings, same build. */
    void adjust(StreamAssignment assignment) {
        stats.flush(assignment.stream());
        streams.adjust(assignment);
        retain(assignment);
    }

    private void retain(StreamAssignment assignment) {
        var devices = Set.copyOf(assignment.devices());
        rollCall.silence().retain(assignment.stream(), devices);
        memory.retain(assignment.stream(), devices).ifPresent(records::add);
    }

    /** Ends a stream. Returns its build, which the caller closes. */
    Optional<Build> remove(StreamId stream) {
        stats.flush(stream);
        reservoirs.remove(stream);
        rollCall.silence().retain(stream, Set.of());
        records.add(memory.forget(stream));
        return streams.remove(stream);
    }

    void report(Function<Self, GatewayEvent> event) {
        var told = event.apply(self);
        metrics.reported(told);
        records.add(OutboxRecord.event(told));
    }

    Map<StreamId, ActiveStream> streams() {
        return streams.byName();
    }
}
