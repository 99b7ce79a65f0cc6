package io.plumbline.registry.adapter.kafka;

import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.registry.adapter.metrics.RegistryMeters;
import io.plumbline.registry.adapter.trace.Errands;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.label.LabelJoin;
import io.plumbline.registry.core.offer.Offers;
import io.plumbline.registry.core.sighting.Sightings;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Recalibrations and their tasks on Kafka. A malformed message is logged and passed over: it can never become better. */
@ApplicationScoped
public class ControlTopics {

    private static final Logger LOG = Logger.getLogger(ControlTopics.class);

    private static final long RETRY_SECONDS = 5;

    private final Emitter<Record<String, byte[]>> tasks;
    private final Emitter<Record<String, byte[]>> outcomes;
    private final Parties parties;
    private final RegistryMeters meters;
    private final CompletableFuture<Recalibrations> recalibrations = new CompletableFuture<>();

    /** Who else hears what is said here. */
    public record Parties(Sightings sightings, LabelJoin labels, Offers offers, Errands errands) {}

    ControlTopics(
            @Channel("calibration-tasks") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> tasks,
            @Channel("recalibration-outcomes") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> outcomes,
            Parties parties,
            RegistryMeters meters) {
        this.meters = meters;
        this.parties = parties;
        this.tasks = tasks;
        this.outcomes = outcomes;
    }

    /** From now on messages are worked on; those that came before wait. */
    public void open(Recalibrations opened) {
        recalibrations.complete(opened);
    }

    public void send(CalibrationMessage task) {
        LOG.infof(
                "calibration-task recalibration=%s model=%s task=%s",
                task.recalibration(), task.model(), task.getClass().getSimpleName());
        var record = Record.of(task.model().value(), Json.encode(task));
        var place = parties.errands().place(task.recalibration());
        new Following(record, place).by(tasks).whenComplete((sent, failure) -> {
            if (failure != null) {
                meters.notSent();
                // Its recalibration ends when the task's time is up.
                LOG.errorf("calibration-task-not-sent recalibration=%s reason=%s", task.recalibration(), failure);
            }
        });
    }

    public void send(RecalibrationEvent event) {
        LOG.infof(
                "recalibration-told recalibration=%s model=%s kind=%s",
                event.id(), event.model(), event.getClass().getSimpleName());
        if (event.decides()) {
            meters.told(event);
        }
        var record = Record.of(event.model().value(), Json.encode(event));
        publish(new Following(record, parties.errands().told(event)));
    }

    /** Once: whoever watches may miss it, and nothing depends on it. */
    public void progress(RecalibrationEvent.Progressed event) {
        outcomes.send(Record.of(event.model().value(), Json.encode(event))).whenComplete((sent, failure) -> {
            if (failure != null) {
                LOG.warnf("recalibration-progress-not-sent recalibration=%s reason=%s", event.id(), failure);
            }
        });
    }

    /** Until Kafka has it: nobody else knows the outcome, and without it no rollout would begin. */
    private void publish(Following outcome) {
        outcome.by(outcomes).whenComplete((sent, failure) -> {
            if (failure != null) {
                meters.notSent();
                LOG.errorf(
                        "recalibration-outcome-not-sent model=%s retryMillis=%d reason=%s",
                        outcome.record().key(), TimeUnit.SECONDS.toMillis(RETRY_SECONDS), failure);
                CompletableFuture.delayedExecutor(RETRY_SECONDS, TimeUnit.SECONDS)
                        .execute(() -> publish(outcome));
            }
        });
    }

    @Incoming("recalibrations")
    @Blocking
    void onRecalibration(byte[] message, @Nullable IncomingKafkaRecordMetadata<String, byte[]> metadata) {
        take(message, RecalibrationEvent.class, (target, event) -> {
            if (event instanceof RecalibrationEvent.Requested request) {
                parties.errands().requested(request, Following.traceparent(metadata));
                target.requested(request);
            } else if (event.decides()) {
                target.outcome(event);
            }
        });
    }

    /** Together, as they come: what many gateways answer at once is held against the labels in one reading of these. */
    @Incoming("calibration-answers")
    @Blocking
    void onAnswers(List<byte[]> messages) {
        var answers = messages.stream()
                .flatMap(message -> read(message, CalibrationMessage.class).stream())
                .toList();
        parties.labels().join(answers).forEach(answer -> keep(target -> target.answered(answer)));
    }

    @Incoming("gateway-events")
    @Blocking
    void onGatewayEvent(byte[] message) {
        take(message, GatewayEvent.class, (target, event) -> {
            target.heard(event);
            try {
                parties.sightings().hear(event);
            } catch (StoreUnavailableException e) {
                LOG.errorf("sighting-waits-for-the-next-heartbeat reason=%s", e.getMessage());
            }
        });
    }

    @Incoming("rollouts")
    @Blocking
    void onRollout(byte[] message) {
        take(message, RolloutEvent.class, (target, event) -> parties.offers().heard(event, target));
    }

    /** Answers are heard from now on. */
    void listening() {
        recalibrations.thenAccept(Recalibrations::listening);
    }

    private <T> void take(byte[] message, Class<T> type, BiConsumer<Recalibrations, T> action) {
        read(message, type).ifPresent(decoded -> keep(target -> action.accept(target, decoded)));
    }

    private <T> Optional<T> read(byte[] message, Class<T> type) {
        try {
            return Optional.of(Json.decode(message, type));
        } catch (MalformedMessageException e) {
            meters.malformed();
            LOG.warnf("message-malformed reason=%s", e.getMessage());
            return Optional.empty();
        }
    }

    private void keep(Consumer<Recalibrations> action) {
        try {
            while (!stored(() -> action.accept(recalibrations.join()))) {
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A message that the database does not take yet waits, and so do those behind it: none is lost. */
    private boolean stored(Runnable action) {
        try {
            action.run();
            return true;
        } catch (StoreUnavailableException e) {
            meters.waits();
            LOG.errorf("message-waits reason=%s", e.getMessage());
            return false;
        }
    }
}
