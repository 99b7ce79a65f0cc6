package io.plumbline.judging;

import io.plumbline.contract.message.Verdict;

/** Counts nothing: for replays. */
public final class Uncounted implements StreamMetrics {

    @Override
    public void deltaMerged() {}

    @Override
    public void deltaLate() {}

    @Override
    public void repeated(String topic) {}

    @Override
    public void refused(String topic) {}

    @Override
    public void labelPaired() {}

    @Override
    public void verdictChanged(Verdict verdict) {}

    @Override
    public void recalibrationRequested() {}
}
