package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Candidate;
import io.plumbline.gateway.core.build.Streams;
import io.plumbline.gateway.core.calibration.Giving;
import io.plumbline.gateway.core.calibration.Windows;
import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.Outbox;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.inference.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The thread of the reading path: takes messages as they come, lets the pipeline decide, makes all records of a group of them
 * durable with one synchronisation of the disk, and only then acknowledges the group. It is stopped with {@link #stop}, never
 * by interruption, which would close the outbox's files.
 */
public final class PipelineLoop implements Runnable, Streams, Windows {

    private final Pipeline pipeline;
    private final Intake intake;
    private final Outbox outbox;
    private final Durable durable;
    private final Snapshots snapshots;
    private final GatewayMetrics metrics;

    private final ConcurrentLinkedQueue<Command<?>> commands = new ConcurrentLinkedQueue<>();
    /** Decided, and neither durable nor acknowledged. */
    private final List<Incoming.Delivery> unsettled = new ArrayList<>();

    private final List<Command<?>> obeyed = new ArrayList<>();
    private volatile Map<StreamId, StreamAssignment> running = Map.of();
    private volatile Map<String, Integer> filters = Map.of();
    private volatile boolean stopping;
    /** The memory knows records that the disk never took; saved, it would take their messages, which come again, for answered. */
    private boolean givenUp;

    private volatile boolean ended;

    public PipelineLoop(Pipeline pipeline, Intake intake, Outbox outbox, Snapshots snapshots, GatewayMetrics metrics) {
        this.pipeline = pipeline;
        this.intake = intake;
        this.outbox = outbox;
        this.durable = new Durable(outbox, metrics);
        this.snapshots = snapshots;
        this.metrics = metrics;
    }

    /** Something to do between two batches; its future completes when what it wrote is durable. */
    private static final class Command<T> {
        private final Function<Pipeline, T> action;
        private final CompletableFuture<T> durable = new CompletableFuture<>();
        private Optional<Runnable> answer = Optional.empty();

        private Command(Function<Pipeline, T> action) {
            this.action = action;
        }

        private void run(Pipeline pipeline) {
            try {
                var value = action.apply(pipeline);
                answer = Optional.of(() -> durable.complete(value));
            } catch (RuntimeException e) {
                answer = Optional.of(() -> durable.completeExceptionally(e));
            }
        }
    }

    @Override
    public void run() {
        while (!stopping) {
            turn();
        }
        obey();
        pipeline.flushStats();
        commit();
        if (!givenUp) {
            snapshots.takeLast(pipeline, outbox);
        }
        pipeline.streams().values().forEach(ActiveStream::close);
        ended = true;
        obey();
        obeyed.forEach(command -> command.answer.ifPresent(Runnable::run));
    }

    private void turn() {
        intake.rest(() -> stopping || !commands.isEmpty());
        obey();
        var room = outbox.hasRoom() || shed();
        var dropped = room ? intake.inbox().takeDropped() : Inbox.Dropped.NOTHING;
        pipeline.dropped(dropped.messages());
        unsettled.addAll(dropped.unacknowledged());
        var batch = intake.take(room, pipeline);
        pipeline.handle(batch);
        batch.forEach(message -> unsettled.add(message.delivery()));
        pipeline.lookForSilence(intake.inbox().isHearing());
        pipeline.tick();
        if (!unsettled.isEmpty() || !obeyed.isEmpty() || pipeline.hasRecords()) {
            commit();
        }
        if (!givenUp) {
            snapshots.takeIfDue(pipeline, outbox);
        }
    }

    /** Drops what may go until there is room; each loss is durable before the records go. */
    private boolean shed() {
        try {
            for (var loss = outbox.oldest(); loss.isPresent(); loss = outbox.oldest()) {
                pipeline.report(loss.get()::event);
                if (!append(pipeline.takeRecords())) {
                    return false;
                }
                pipeline.memory().counters().lost(loss.get().answers());
                metrics.lost(loss.get());
                outbox.drop(loss.get());
                if (outbox.hasRoom()) {
                    return true;
                }
            }
        } catch (IOException e) {
            metrics.outboxFailed(e);
        }
        metrics.outboxFull();
        return false;
    }

    private void obey() {
        for (var command = commands.poll(); command != null; command = commands.poll()) {
            command.run(pipeline);
            obeyed.add(command);
        }
        if (!obeyed.isEmpty()) {
            running = pipeline.streams().values().stream()
                    .map(ActiveStream::assignment)
                    .collect(Collectors.toUnmodifiableMap(StreamAssignment::stream, assignment -> assignment));
            filters = pipeline.streams().values().stream()
                    .flatMap(stream -> stream.filters().stream()
                            .map(filter ->
                                    Map.entry(filter, stream.subscription().qos())))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, Math::max));
        }
    }

    /** Makes everything durable, then acknowledges. A group that the disk never took is never acknowledged. */
    private void commit() {
        if (append(pipeline.takeRecords())) {
            pipeline.kept();
            unsettled.forEach(delivery -> delivery.done().run());
            intake.inbox().settle();
            obeyed.forEach(command -> command.answer.ifPresent(Runnable::run));
            unsettled.clear();
            obeyed.clear();
        }
    }

    private boolean append(List<OutboxRecord> records) {
        var kept = durable.append(records, () -> stopping);
        givenUp |= !kept;
        return kept;
    }

    /** Ends the loop after the messages in hand. Statistics are sent and a snapshot is taken before {@link #run} returns. */
    public void stop() {
        stopping = true;
    }

    /** Why the disk does not take what has to be durable; empty while it does. Nothing is acknowledged meanwhile. */
    public Optional<String> trouble() {
        return durable.trouble();
    }

    /** MQTT topic filters of the streams that run, with their quality of service. */
    public Map<String, Integer> filters() {
        return filters;
    }

    /** Models that streams run. */
    public Set<ModelName> models() {
        return running.values().stream().map(StreamAssignment::model).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<StreamId, StreamAssignment> running() {
        return running;
    }

    @Override
    public void activate(StreamAssignment stream, Build build, GatewayEvent event) throws InterruptedException {
        call(pipeline -> pipeline.activate(stream, build, event))
                .ifPresent(before -> before.model().close());
    }

    @Override
    public boolean rehearse(StreamId stream, Candidate candidate) throws InterruptedException {
        return call(pipeline -> pipeline.rehearse(stream, candidate));
    }

    @Override
    public void endRehearsal(StreamId stream) throws InterruptedException {
        call(pipeline -> {
            pipeline.endRehearsal(stream);
            return true;
        });
    }

    @Override
    public void adjust(StreamAssignment stream) throws InterruptedException {
        call(pipeline -> {
            pipeline.adjust(stream);
            return true;
        });
    }

    @Override
    public void remove(StreamId stream) throws InterruptedException {
        call(pipeline -> pipeline.remove(stream))
                .ifPresent(before -> before.model().close());
    }

    @Override
    public void report(GatewayEvent event) throws InterruptedException {
        call(pipeline -> {
            pipeline.report(self -> event);
            return true;
        });
    }

    @Override
    public Halves of(ModelName model) throws InterruptedException {
        return call(pipeline -> pipeline.reservoirs().of(model));
    }

    /** Of every stream that runs this model, what may be given of it. */
    public List<Giving.Stream> giving(ModelName model) throws InterruptedException {
        var all = new ArrayList<Giving.Stream>();
        for (var stream : running.values()) {
            if (stream.model().equals(model)) {
                List<Tensor> windows = stream.samples().isPresent()
                        ? call(pipeline -> pipeline.reservoirs().calibration(stream.stream()))
                        : List.of();
                all.add(new Giving.Stream(stream.stream(), stream.samples(), windows));
            }
        }
        return all;
    }

    private <T> T call(Function<Pipeline, T> action) throws InterruptedException {
        var command = new Command<>(action);
        commands.add(command);
        if (ended) {
            throw new InterruptedException("the gateway has stopped");
        }
        try {
            return command.durable.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a change of the streams failed; that is a bug", e.getCause());
        }
    }
}
