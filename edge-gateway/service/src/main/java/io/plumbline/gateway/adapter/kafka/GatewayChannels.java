package io.plumbline.gateway.adapter.kafka;

import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.core.calibration.CalibrationDesk;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * What goes through SmallRye channels: heartbeats, which are worthless when late and are dropped while Kafka is away, and
 * calibration. Readings' results and the events that must arrive go through the outbox instead.
 */
@ApplicationScoped
public class GatewayChannels {

    private static final Logger LOG = Logger.getLogger(GatewayChannels.class);
    private static final long ANSWER_SECONDS = 30;

    private final Emitter<Record<String, byte[]>> heartbeats;
    private final Emitter<Record<String, byte[]>> answers;
    private final CompletableFuture<CalibrationDesk> desk = new CompletableFuture<>();

    GatewayChannels(
            @Channel("heartbeats") @OnOverflow(OnOverflow.Strategy.DROP) Emitter<Record<String, byte[]>> heartbeats,
            @Channel("calibration-answers") Emitter<Record<String, byte[]>> answers) {
        this.heartbeats = heartbeats;
        this.answers = answers;
    }

    /** From now on tasks are worked on; those that came before wait. */
    public void open(CalibrationDesk opened) {
        desk.complete(opened);
    }

    /** Completes when Kafka has it. */
    public CompletionStage<Void> heartbeat(GatewayEvent.Heartbeat heartbeat) {
        return heartbeats.send(Record.of(heartbeat.gateway().value(), Json.encode(heartbeat)));
    }

    /** Returns, and so lets the offset be committed, once the answer is in Kafka. */
    @Incoming("calibration-tasks")
    @Blocking
    void onCalibration(ConsumerRecord<String, byte[]> message) throws Exception {
        try {
            var task = Json.decode(message.value(), CalibrationMessage.class);
            var answer = desk.get().answer(task, Instant.ofEpochMilli(message.timestamp()));
            if (answer.isPresent()) {
                send(answer.get());
            }
        } catch (MalformedMessageException e) {
            LOG.warnf("calibration-malformed offset=%d reason=%s", message.offset(), e.getMessage());
        }
    }

    private void send(CalibrationMessage answer) throws Exception {
        LOG.infof(
                "calibration-answered recalibration=%s model=%s answer=%s",
                answer.recalibration(), answer.model(), answer.getClass().getSimpleName());
        answers.send(Record.of(answer.model().value(), Json.encode(answer)))
                .toCompletableFuture()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
}
