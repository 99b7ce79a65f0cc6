package io.plumbline.gateway.testing;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Candidate;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.glimpse.GlimpseDesk;
import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.inbox.Pace;
import io.plumbline.gateway.core.outbox.Loss;
import io.plumbline.gateway.core.outbox.Outbox;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.outbox.ResultTrace;
import io.plumbline.gateway.core.pipeline.GatewayMetrics;
import io.plumbline.gateway.core.pipeline.Inference;
import io.plumbline.gateway.core.pipeline.Intake;
import io.plumbline.gateway.core.pipeline.Pipeline;
import io.plumbline.gateway.core.pipeline.PipelineLoop;
import io.plumbline.gateway.core.pipeline.Reservoirs;
import io.plumbline.gateway.core.pipeline.Snapshots;
import io.plumbline.gateway.core.snapshot.Snapshot;
import io.plumbline.gateway.core.snapshot.SnapshotStore;
import io.plumbline.gateway.core.snapshot.WindowStore;
import io.plumbline.gateway.core.stats.ShadowBudget;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stream.GatewayMemory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The reading path of a gateway on its own thread, from the inbox to an outbox in memory. */
public final class SmallGateway implements AutoCloseable {

    private static final StatsRules RULES = new StatsRules(Duration.ofSeconds(30), Duration.ofMillis(500), 64);

    private final Self self = new Self(new GatewayId("gw-north"), new SiteId("north"), Clock.systemUTC());
    private final CountingMetrics metrics = new CountingMetrics();
    private final GatewayMemory memory = new GatewayMemory(RULES, self.clock(), Duration.ofHours(1));
    private final Kept kept = new Kept();
    private final Inbox inbox;
    private final PipelineLoop loop;
    private final Thread thread;

    public SmallGateway() {
        this(new Inbox(512, Overflow.BLOCK));
    }

    public SmallGateway(Inbox inbox) {
        this.inbox = inbox;
        this.loop = new PipelineLoop(
                pipeline(self, memory, metrics, System::nanoTime),
                new Intake(inbox, new Pace(Duration.ofMillis(1))),
                kept,
                new Snapshots(kept, new NoWindows(), self.clock(), metrics, 0),
                metrics);
        this.thread = new Thread(loop);
        thread.start();
    }

    /** A reading path with all the processor that it wants, at whose frames nobody looks. */
    public static Pipeline pipeline(Self self, GatewayMemory memory, GatewayMetrics metrics, LongSupplier nanos) {
        return new Pipeline(
                self,
                memory,
                new Reservoirs(64, Duration.ofHours(1)),
                new Inference(self, metrics, new ShadowBudget(Double.POSITIVE_INFINITY), new GlimpseDesk(), nanos),
                metrics);
    }

    /** Runs these with models that answer by the humidity. */
    public void activate(List<StreamAssignment> streams) throws InterruptedException {
        for (var stream : streams) {
            activate(stream, FakeModel.build(stream.build()));
        }
    }

    public void activate(StreamAssignment stream, Build build) throws InterruptedException {
        loop.activate(stream, build, new GatewayEvent.Started(self.gateway(), self.site(), Motes.START));
    }

    public void adjust(StreamAssignment stream) throws InterruptedException {
        loop.adjust(stream);
    }

    public boolean rehearse(StreamId stream, Candidate candidate) throws InterruptedException {
        return loop.rehearse(stream, candidate);
    }

    public void endRehearsal(StreamId stream) throws InterruptedException {
        loop.endRehearsal(stream);
    }

    public Inbox inbox() {
        return inbox;
    }

    public Map<String, Integer> filters() {
        return loop.filters();
    }

    public GatewayCounters counters() {
        return memory.counters().view(0);
    }

    public Map<StreamId, StreamAssignment> running() {
        return loop.running();
    }

    /** What was answered, in order. */
    public List<InferenceResult> answers() {
        return of(RecordKind.RESULT)
                .map(record -> InferenceResult.from(record.value()))
                .toList();
    }

    /** Events that were answered, in order. */
    public List<EventId> results() {
        return answers().stream().map(InferenceResult::event).toList();
    }

    public List<ResultTrace> traces() {
        return of(RecordKind.RESULT)
                .map(record -> ResultTrace.from(record.trace()))
                .toList();
    }

    public List<DeadLetter> letters() {
        return of(RecordKind.DEAD_LETTER)
                .map(record -> DeadLetter.from(record.headers()))
                .toList();
    }

    private Stream<OutboxRecord> of(RecordKind kind) {
        return kept.records.stream().filter(record -> record.kind() == kind);
    }

    @Override
    public void close() throws InterruptedException {
        loop.stop();
        thread.join();
    }

    private static final class Kept implements Outbox, SnapshotStore {
        private final List<OutboxRecord> records = new CopyOnWriteArrayList<>();

        @Override
        public long append(List<OutboxRecord> more) {
            records.addAll(more);
            return records.size() - more.size();
        }

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public long end() {
            return records.size();
        }

        @Override
        public long pending() {
            return records.size();
        }

        @Override
        public Optional<Loss> oldest() {
            return Optional.empty();
        }

        @Override
        public void drop(Loss loss) {}

        @Override
        public void recoverable(long number) {}

        @Override
        public void save(Snapshot snapshot) {}

        @Override
        public Optional<Snapshot> load() {
            return Optional.empty();
        }
    }

    private static final class NoWindows implements WindowStore {

        @Override
        public void save(byte[] windows) {}

        @Override
        public Optional<byte[]> load() {
            return Optional.empty();
        }
    }
}
