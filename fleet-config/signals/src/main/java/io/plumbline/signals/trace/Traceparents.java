package io.plumbline.signals.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code traceparent} to and from the context of a span.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
final class Traceparents {

    private static final TextMapGetter<String> ONE = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String text) {
            return List.of(TraceHeader.NAME);
        }

        @Override
        public @Nullable String get(@Nullable String text, String key) {
            return key.equals(TraceHeader.NAME) ? text : null;
        }
    };

    private Traceparents() {}

    /** Empty where it is not well-formed. */
    static Optional<Context> context(String text) {
        var context = W3CTraceContextPropagator.getInstance().extract(Context.root(), text, ONE);
        return Span.fromContext(context).getSpanContext().isValid() ? Optional.of(context) : Optional.empty();
    }

    static Optional<String> text(Context context) {
        Map<String, String> texts = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, texts, (carrier, key, value) -> {
            if (carrier != null) {
                carrier.put(key, value);
            }
        });
        return Optional.ofNullable(texts.get(TraceHeader.NAME));
    }
}
