package io.plumbline.gateway.adapter.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.gateway.core.trace.Followed;
import java.util.Map;

/** The span of a message and, one after the other, those of its steps. */
final class FollowedSpan implements Followed {

    private final Tracer tracer;
    private final Span message;
    private final Context context;
    private Span step;

    /** @param step the first, receiving and decoding, which began with the message */
    FollowedSpan(Tracer tracer, Span message, Context context, Span step) {
        this.tracer = tracer;
        this.message = message;
        this.context = context;
        this.step = step;
    }

    private void next(String name) {
        step.end();
        step = tracer.spanBuilder(name).setParent(context).startSpan();
    }

    @Override
    public void decoded() {
        next("inference");
    }

    @Override
    public void answered() {
        next("outbox append");
    }

    @Override
    public void refused(DeadLetterReason reason) {
        message.setStatus(StatusCode.ERROR, reason.name());
        end();
    }

    @Override
    public void passedOver() {
        message.addEvent("passed over");
        end();
    }

    @Override
    public void kept() {
        end();
    }

    private void end() {
        step.end();
        message.end();
    }

    @Override
    public Map<String, String> headers() {
        return TraceContext.texts(context);
    }
}
