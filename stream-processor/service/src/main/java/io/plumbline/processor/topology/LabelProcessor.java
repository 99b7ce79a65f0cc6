package io.plumbline.processor.topology;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.judging.Incoming;
import io.plumbline.judging.label.LabelDesk;
import io.plumbline.judging.label.LabelledAnswer;
import io.plumbline.judging.label.Pairing;
import io.plumbline.processor.state.Layouts;
import java.time.Instant;
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
        var desk = new LabelDesk(Stores.PAIRS.in(context), Stores.CLOCKS.in(context), parts.policy(), parts.metrics());
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
            var pairing = pair(now.desk(), record, topic);
            pairing.refused()
                    .ifPresent(why -> now.refusal().unreadable(record.value(), DeadLetterReason.OUT_OF_RANGE, why));
            pairing.answer()
                    .ifPresent(answer -> now.context()
                            .forward(Emission.step(
                                    Emission.LABELLED,
                                    key(answer),
                                    Layouts.ANSWER.encode(answer),
                                    record.timestamp())));
        } catch (MalformedMessageException e) {
            now.refusal().unreadable(record.value(), DeadLetterReason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static Pairing pair(LabelDesk desk, Record<String, byte[]> record, String topic) {
        var arrived = Instant.ofEpochMilli(record.timestamp());
        return topic.equals(Topics.RESULTS)
                ? desk.on(Incoming.result(record.key(), record.value()), arrived)
                : desk.on(Incoming.label(record.key(), record.value()), arrived);
    }

    private static String key(LabelledAnswer answer) {
        return answer.cohort().model() + "|" + answer.cohort().site();
    }
}
