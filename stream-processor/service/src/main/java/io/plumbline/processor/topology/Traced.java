package io.plumbline.processor.topology;

import io.plumbline.contract.message.Cohort;
import io.plumbline.signals.trace.Cause;
import io.plumbline.signals.trace.TraceHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Which traces a verdict rests on: that of the record that it was found at, and those of the last ones of its cohort. In headers
 * and in memory alone, so that nothing of it is in what is stored or told. Belongs to the thread of its task.
 */
final class Traced {

    private static final int MOST_COHORTS = 1000;

    private final Map<Cohort, Deque<String>> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Cohort, Deque<String>> eldest) {
            return size() > MOST_COHORTS;
        }
    };

    void clear() {
        last.clear();
    }

    /** Of the record that is worked on, where somebody follows it. */
    Cause cause(Cohort cohort, Optional<String> traceparent) {
        if (traceparent.isEmpty() && last.isEmpty()) {
            return Cause.UNKNOWN;
        }
        var beside = List.copyOf(last.getOrDefault(cohort, new ArrayDeque<>()));
        traceparent.ifPresent(one -> {
            var newest = last.computeIfAbsent(cohort, none -> new ArrayDeque<>());
            newest.addFirst(one);
            if (newest.size() > Cause.MOST_BESIDE) {
                newest.removeLast();
            }
        });
        return new Cause(traceparent, beside);
    }

    static Optional<String> traceparent(Record<?, ?> record) {
        var header = record.headers().lastHeader(TraceHeader.NAME);
        return header == null ? Optional.empty() : TraceHeader.read(header.value());
    }

    static Headers headers(Optional<String> traceparent) {
        var headers = new RecordHeaders();
        traceparent.ifPresent(one -> headers.add(TraceHeader.NAME, TraceHeader.write(one)));
        return headers;
    }
}
