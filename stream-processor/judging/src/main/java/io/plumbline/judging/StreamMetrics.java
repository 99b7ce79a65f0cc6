package io.plumbline.judging;

import io.plumbline.contract.message.Verdict;

/** What is worth counting. Implementations must not fail. */
public interface StreamMetrics {

    /** A delta was added to its window. */
    void deltaMerged();

    /** A delta came for a window that had voted. */
    void deltaLate();

    /** A message came that had been counted before. */
    void repeated(String topic);

    /** A message came too late to count, or went to the dead letters. */
    void refused(String topic);

    /** A label came for a prediction, or the other way round. */
    void labelPaired();

    /** A cohort's verdict changed. */
    void verdictChanged(Verdict verdict);

    /** A recalibration was asked for. */
    void recalibrationRequested();
}
