package io.plumbline.processor.adapter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contract.message.Verdict;
import io.plumbline.judging.StreamMetrics;

/** Counts since the start of the process. Thread-safe. */
public final class MicrometerMetrics implements StreamMetrics {

    private final MeterRegistry meters;
    private final Counter merged;
    private final Counter late;
    private final Counter paired;
    private final Counter requested;

    public MicrometerMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.merged = meters.counter("plumbline.processor.deltas");
        this.late = meters.counter("plumbline.processor.deltas.late");
        this.paired = meters.counter("plumbline.processor.labels.paired");
        this.requested = meters.counter("plumbline.processor.recalibrations.requested");
    }

    @Override
    public void deltaMerged() {
        merged.increment();
    }

    @Override
    public void deltaLate() {
        late.increment();
    }

    @Override
    public void repeated(String topic) {
        meters.counter("plumbline.processor.repeated", "topic", topic).increment();
    }

    @Override
    public void refused(String topic) {
        meters.counter("plumbline.processor.refused", "topic", topic).increment();
    }

    @Override
    public void labelPaired() {
        paired.increment();
    }

    @Override
    public void verdictChanged(Verdict verdict) {
        meters.counter("plumbline.processor.verdicts", "verdict", verdict.name())
                .increment();
    }

    @Override
    public void recalibrationRequested() {
        requested.increment();
    }
}
