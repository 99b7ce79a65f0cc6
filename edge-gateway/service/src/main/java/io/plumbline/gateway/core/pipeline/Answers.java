package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.frame.FrameDecoder;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.Placing;
import io.plumbline.gateway.core.reading.Picture;
import io.plumbline.gateway.core.reading.Reading;
import io.plumbline.gateway.core.reading.Source;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.core.trace.Followed;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From accepted readings to their results. Readings whose model answers several in one call wait for others until
 * {@link #flush}, at most one of a device: the next one's window ends with it. Not thread-safe.
 */
final class Answers {

    private final GatewayMemory memory;
    private final Reservoirs reservoirs;
    private final Inference inference;
    private final Clock clock;
    private final Listener listener;
    private final Map<Source, Question> waiting = new LinkedHashMap<>();

    /** @param clock wall clock */
    Answers(GatewayMemory memory, Reservoirs reservoirs, Inference inference, Clock clock, Listener listener) {
        this.memory = memory;
        this.reservoirs = reservoirs;
        this.inference = inference;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * A reading that is to be answered.
     *
     * @param older frames that are passed over for it
     * @param followed its message
     */
    record Accepted(Incoming message, ActiveStream stream, Reading reading, List<Incoming> older, Followed followed) {

        private Source source() {
            return new Source(reading.device(), stream.name());
        }
    }

    /** Hears what became of a reading: one of the two. */
    interface Listener {

        /** @param dropped how many of the older frames had not been taken before */
        void answered(Accepted accepted, int dropped, OutboxRecord record, Instant now);

        /** A bug; nothing was changed. */
        void failed(Accepted accepted, RuntimeException bug);
    }

    private record Question(Accepted accepted, Placing placing, Inference.Asked asked) {}

    /** Whether an answer to this device has to come before its next reading is looked at. */
    boolean awaits(Source source) {
        return waiting.containsKey(source);
    }

    /** Whether it is answered, or will be. */
    boolean answer(Accepted accepted) {
        try {
            var question = question(accepted);
            if (!waits(question)) {
                complete(question, inference.run(question.asked));
                return true;
            }
            waiting.put(accepted.source(), question);
        } catch (RuntimeException bug) {
            fail(accepted, bug);
            return false;
        }
        if (waiting.size() >= accepted.stream.build().model().mostAtOnce()) {
            flush();
        }
        return true;
    }

    private Question question(Accepted accepted) {
        var stream = accepted.stream;
        var reading = accepted.reading;
        var build = Optional.of(stream.build().known());
        var dropped = accepted.older.isEmpty() ? List.<EventId>of() : dropped(accepted);
        var placing = memory.place(stream.name(), reading, stream.windowing(), build);
        var input = reading.picture().isPresent()
                ? reading.picture().map(Picture::tensor)
                : memory.window(stream.name(), reading, placing, build);
        return new Question(accepted, placing, new Inference.Asked(stream, reading, input, accepted.message, dropped));
    }

    /** A device that leaves to make room must not be one that waits: its window would be lost half way. */
    private boolean waits(Question question) {
        return question.asked.input().isPresent()
                && question.accepted.stream.build().model().mostAtOnce() > 1
                && memory.hasRoomFor(waiting.size() + 1);
    }

    /** The names of the frames that are new, each once; the others were taken before. */
    private List<EventId> dropped(Accepted accepted) {
        var source = accepted.source();
        var device = memory.stream(source.stream()).device(source.device());
        return accepted.older.stream()
                .map(frame -> FrameDecoder.event(source, frame.payload(), frame.stamp())
                        .orElseGet(() -> EventId.ofContent(source.device(), source.stream(), frame.payload())))
                .filter(event -> !device.knows(event) && !event.equals(accepted.reading.event()))
                .distinct()
                .toList();
    }

    /** Answers all that wait. */
    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        var streams = new LinkedHashMap<ActiveStream, List<Question>>();
        waiting.values()
                .forEach(question -> streams.computeIfAbsent(question.accepted.stream, stream -> new ArrayList<>())
                        .add(question));
        waiting.clear();
        streams.values().forEach(this::answerAll);
    }

    private void answerAll(List<Question> together) {
        List<Inference.Outcome> outcomes;
        try {
            outcomes = inference.runAll(together.stream().map(Question::asked).toList());
        } catch (RuntimeException bug) {
            together.forEach(question -> fail(question.accepted, bug));
            return;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            try {
                complete(together.get(i), outcomes.get(i));
            } catch (RuntimeException bug) {
                fail(together.get(i).accepted, bug);
            }
        }
    }

    /** Whatever can fail comes before the counters and the record, so that a reading is never both answered and refused. */
    private void complete(Question question, Inference.Outcome outcome) {
        var accepted = question.accepted;
        var build = accepted.stream.build().known();
        accepted.followed.answered();
        var trace = outcome.trace().placed(question.placing);
        var record = OutboxRecord.result(outcome.result(), trace, accepted.followed.headers());
        keep(question, outcome.result());
        var now = clock.instant();
        memory.answered(accepted.reading, outcome.result(), trace, Optional.of(build));
        listener.answered(accepted, question.asked.dropped().size(), record, now);
    }

    private void keep(Question question, InferenceResult result) {
        var accepted = question.accepted;
        var card = accepted.stream.build().known().card();
        if (accepted.reading.picture().isPresent()) {
            reservoirs.add(result, card.image(), accepted.message.payload());
        } else {
            question.asked.input().ifPresent(full -> reservoirs.add(result, card.sensor(), full));
        }
    }

    /** It is as if the reading had never come. */
    private void fail(Accepted accepted, RuntimeException bug) {
        memory.abandon(accepted.stream.name(), accepted.reading);
        listener.failed(accepted, bug);
    }
}
