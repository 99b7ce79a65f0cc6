package io.plumbline.processor.topology;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.judging.EventTime;
import io.plumbline.judging.Incoming;
import io.plumbline.judging.label.LabelDesk;
import io.plumbline.judging.label.LabelledAnswer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Results and labels, keyed by device, to pairs, keyed by model and site. */
final class LabelProcessor implements Processor<String, byte[], String, Emission> {

    private final Parts parts;
    private @Nullable Running running;

    LabelProcessor(Parts parts) {
        this.parts = parts;
    }

    private record Running(ProcessorContext<String, Emission> context, LabelDesk desk, Refusal refusal) {}

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        var desk = new LabelDesk(
                Stores.PAIRS.in(context),
                Stores.CLOCKS.in(context),
                parts.policy().labelRetention(),
                parts.metrics());
        running = new Running(context, desk, new Refusal(context, parts.metrics()));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        var now = running;
        if (now == null) {
            throw new IllegalStateException("a record before init is a bug");
        }
        var topic = now.context().recordMetadata().orElseThrow().topic();
        try {
            pair(now, record, topic)
                    .ifPresent(answer -> now.context()
                            .forward(Emission.step(Emission.LABELLED, key(answer), answer, record.timestamp())));
        } catch (MalformedMessageException e) {
            now.refusal().unreadable(record.value(), DeadLetterReason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<LabelledAnswer> pair(Running now, Record<String, byte[]> record, String topic) {
        if (topic.equals(Topics.RESULTS)) {
            var result = Incoming.result(record.key(), record.value());
            return isPlausible(now, record, result.device(), result.eventTime())
                    ? now.desk().on(result)
                    : Optional.empty();
        }
        var label = Incoming.label(record.key(), record.value());
        return isPlausible(now, record, label.device(), label.eventTime())
                ? now.desk().on(label)
                : Optional.empty();
    }

    private static boolean isPlausible(Running now, Record<String, byte[]> record, DeviceId device, Instant at) {
        if (EventTime.isPlausible(at)) {
            return true;
        }
        now.refusal()
                .unreadable(
                        record.value(),
                        DeadLetterReason.OUT_OF_RANGE,
                        "eventTime " + at + " of device '" + device + "' is not a plausible time");
        return false;
    }

    private static String key(LabelledAnswer answer) {
        return answer.cohort().model() + "|" + answer.cohort().site();
    }
}
