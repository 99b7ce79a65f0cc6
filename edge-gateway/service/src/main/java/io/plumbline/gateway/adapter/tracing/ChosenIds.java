package io.plumbline.gateway.adapter.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import io.plumbline.contract.id.Digest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ids by chance, or by what a span is about: a record that is sent again after a crash has the same headers then, to the byte.
 * Thread-safe.
 */
final class ChosenIds implements IdGenerator {

    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    private final IdGenerator chance = IdGenerator.random();
    private final ThreadLocal<@Nullable String> chosen = new ThreadLocal<>();

    /** What is begun in here has ids that follow from the content. */
    <T> T by(byte[] content, Supplier<T> begin) {
        chosen.set(Digest.of(content).hex());
        try {
            return begin.get();
        } finally {
            chosen.remove();
        }
    }

    @Override
    public String generateTraceId() {
        var digits = chosen.get();
        return digits == null ? chance.generateTraceId() : digits.substring(0, TRACE_DIGITS);
    }

    @Override
    public String generateSpanId() {
        var digits = chosen.get();
        return digits == null ? chance.generateSpanId() : digits.substring(TRACE_DIGITS, TRACE_DIGITS + SPAN_DIGITS);
    }
}
