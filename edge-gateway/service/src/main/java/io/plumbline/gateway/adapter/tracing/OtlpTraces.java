package io.plumbline.gateway.adapter.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.trace.Followed;
import io.plumbline.gateway.core.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Traces sent to a collector over OTLP/HTTP. A message that brings a {@code traceparent} is followed if that says sampled; of
 * the others the share. Spans wait in a bounded queue; what does not fit, or finds no collector, is dropped. Thread-safe.
 */
public final class OtlpTraces implements Traces, PublishTraces, AutoCloseable {

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final ChosenIds ids = new ChosenIds();
    private final double share;

    /** Loads nothing of OpenTelemetry unless there is a collector. */
    public static Optional<OtlpTraces> of(Optional<String> collector, double share, Self self) {
        return collector.map(url -> new OtlpTraces(url, share, self));
    }

    /**
     * @param collector where OTLP/HTTP is taken, such as {@code http://host:4318}
     * @param share in [0, 1], of messages without a {@code traceparent}
     */
    OtlpTraces(String collector, double share, Self self) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.replaceAll("/+$", "") + "/v1/traces")
                .build();
        this.provider = SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .setIdGenerator(ids)
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", "plumbline-gateway")
                        .put("service.instance.id", self.gateway().value())
                        .put("plumbline.site", self.site().value())
                        .build()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        this.tracer = provider.get("io.plumbline.gateway");
        this.share = share;
    }

    @Override
    public Followed follow(Map<String, String> properties, Instant receivedAt) {
        var from = TraceContext.from(properties);
        if (from.isEmpty() && ThreadLocalRandom.current().nextDouble() >= share) {
            return Followed.NOT;
        }
        var parent = from.orElse(Context.root());
        if (from.isPresent() && !Span.fromContext(parent).getSpanContext().isSampled()) {
            return Followed.NOT;
        }
        var message = tracer.spanBuilder("mqtt message")
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setStartTimestamp(receivedAt)
                .startSpan();
        var context = parent.with(message);
        var first = tracer.spanBuilder("receive and decode")
                .setParent(context)
                .setStartTimestamp(receivedAt)
                .startSpan();
        return new FollowedSpan(tracer, message, context, first);
    }

    @Override
    public Publishing publishing(Map<String, String> headers) {
        return TraceContext.from(headers)
                .map(parent -> new Publishing(Map.of(), span("kafka publish", parent)::end))
                .orElse(NOTHING);
    }

    @Override
    public Publishing statistics(byte[] delta) {
        var span = ids.by(delta, () -> span("statistics", Context.root()));
        return new Publishing(TraceContext.texts(Context.root().with(span)), span::end);
    }

    private Span span(String name, Context parent) {
        return tracer.spanBuilder(name)
                .setParent(parent)
                .setSpanKind(SpanKind.PRODUCER)
                .startSpan();
    }

    /** Sends what waits, for a moment. */
    @Override
    public void close() {
        provider.shutdown().join(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
