package io.plumbline.processor.adapter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.Verdict;
import io.plumbline.judging.StreamMetrics;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts since the start of the process, from 0: a counter that came with its first event would have no increase then, and no rule would see
 * that event. Thread-safe.
 */
public final class MicrometerMetrics implements StreamMetrics {

    private static final List<String> READ = List.of(Topics.RESULTS, Topics.LABELS, Topics.MODEL_STATS);

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
        READ.forEach(this::repeatedOf);
        READ.forEach(this::refusedOf);
        Stream.of(Verdict.values()).forEach(this::changesTo);
    }

    private Counter repeatedOf(String topic) {
        return meters.counter("plumbline.processor.repeated", "topic", topic);
    }

    private Counter refusedOf(String topic) {
        return meters.counter("plumbline.processor.refused", "topic", topic);
    }

    private Counter changesTo(Verdict verdict) {
        return meters.counter("plumbline.processor.verdicts", "verdict", verdict.name());
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
        repeatedOf(topic).increment();
    }

    @Override
    public void refused(String topic) {
        refusedOf(topic).increment();
    }

    @Override
    public void labelPaired() {
        paired.increment();
    }

    @Override
    public void verdictChanged(Verdict verdict) {
        changesTo(verdict).increment();
    }

    @Override
    public void recalibrationRequested() {
        requested.increment();
    }
}
