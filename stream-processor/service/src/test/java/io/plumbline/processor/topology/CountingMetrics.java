package io.plumbline.processor.topology;

import io.plumbline.contract.message.Verdict;
import io.plumbline.judging.StreamMetrics;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was counted. */
final class CountingMetrics implements StreamMetrics {

    int merged;
    int late;
    int repeated;
    int paired;
    int requested;
    final List<String> refused = new ArrayList<>();
    final List<Verdict> verdicts = new ArrayList<>();

    @Override
    public void deltaMerged() {
        merged++;
    }

    @Override
    public void deltaLate() {
        late++;
    }

    @Override
    public void repeated(String topic) {
        repeated++;
    }

    @Override
    public void refused(String topic) {
        refused.add(topic);
    }

    @Override
    public void labelPaired() {
        paired++;
    }

    @Override
    public void verdictChanged(Verdict verdict) {
        verdicts.add(verdict);
    }

    @Override
    public void recalibrationRequested() {
        requested++;
    }
}
