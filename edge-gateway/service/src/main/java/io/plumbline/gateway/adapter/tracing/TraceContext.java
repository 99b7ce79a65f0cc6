package io.plumbline.gateway.adapter.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code traceparent} and {@code tracestate} to and from texts.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
final class TraceContext {

    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    };

    private TraceContext() {}

    /** Empty where there is none, or none that is well-formed. */
    static Optional<Context> from(Map<String, String> texts) {
        if (!texts.containsKey("traceparent")) {
            return Optional.empty();
        }
        var context = W3CTraceContextPropagator.getInstance().extract(Context.root(), texts, GETTER);
        return Span.fromContext(context).getSpanContext().isValid() ? Optional.of(context) : Optional.empty();
    }

    static Map<String, String> texts(Context context) {
        var texts = new HashMap<String, String>();
        W3CTraceContextPropagator.getInstance().inject(context, texts, (carrier, key, value) -> {
            if (carrier != null) {
                carrier.put(key, value);
            }
        });
        return texts;
    }
}
