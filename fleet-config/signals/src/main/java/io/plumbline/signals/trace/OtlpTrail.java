package io.plumbline.signals.trace;

import io.opentelemetry.api.common.AttributeKey;
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
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Spans over OTLP/HTTP. They wait in a bounded queue; what does not fit, or finds no collector, is dropped. */
final class OtlpTrail implements Trail {

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    OtlpTrail(URI collector, String service) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.toString().replaceAll("/+$", "") + "/v1/traces")
                .build();
        this.provider = SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        this.tracer = provider.get("io.plumbline");
    }

    @Override
    public Step begin(String name, Cause cause, Map<String, String> facts) {
        var parent = cause.parent().flatMap(Traceparents::context).orElse(Context.root());
        var span = tracer.spanBuilder(name).setParent(parent).setSpanKind(SpanKind.INTERNAL);
        cause.beside().stream()
                .filter(other -> cause.parent().filter(other::equals).isEmpty())
                .forEach(other -> Traceparents.context(other)
                        .map(context -> Span.fromContext(context).getSpanContext())
                        .ifPresent(span::addLink));
        facts.forEach(span::setAttribute);
        return new SpanStep(span.startSpan());
    }

    private record SpanStep(Span span) implements Step {

        @Override
        public Optional<String> traceparent() {
            return Traceparents.text(Context.root().with(span));
        }

        @Override
        public void close() {
            span.end();
        }
    }

    @Override
    public void close() {
        provider.shutdown().join(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
