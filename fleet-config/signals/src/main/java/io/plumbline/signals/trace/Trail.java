package io.plumbline.signals.trace;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Tells a collector what a service does and why. Thread-safe; never waits, and never fails because of a collector. */
public interface Trail extends AutoCloseable {

    /** Tells nobody, and hands on what came. */
    Trail OFF = new Trail() {
        @Override
        public Step begin(String name, Cause cause, Map<String, String> facts) {
            return new Passed(cause.parent());
        }

        @Override
        public void close() {}
    };

    /** The same place in the trace, whatever is done here. */
    record Passed(Optional<String> traceparent) implements Step {

        @Override
        public void close() {}
    }

    /**
     * Something begins. With a parent that is not sampled nothing is told, and what follows from it is not sampled either.
     *
     * @param name of few different ones
     * @param facts attributes, such as {@code plumbline.model}
     */
    Step begin(String name, Cause cause, Map<String, String> facts);

    /** Tells what still waits, for a moment. */
    @Override
    void close();

    /**
     * Loads nothing of OpenTelemetry unless there is a collector.
     *
     * @param collector takes OTLP over HTTP, {@code http(s)://host:port}
     * @param service its name in traces, as in logs
     */
    static Trail of(Optional<URI> collector, String service) {
        return collector.<Trail>map(url -> new OtlpTrail(url, service)).orElse(OFF);
    }
}
