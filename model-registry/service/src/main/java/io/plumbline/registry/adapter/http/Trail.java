package io.plumbline.registry.adapter.http;

import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.registry.core.job.Job;
import io.plumbline.registry.core.job.JobStore;
import java.util.List;

/** Reads the history of one job piece by piece. Used by one thread at a time. */
final class Trail {

    private final JobStore store;
    private final String id;
    private int told;
    private boolean over;

    Trail(JobStore store, String id) {
        this.store = store;
        this.id = id;
    }

    /** @param isEnd whether everything had been told before */
    record Stretch(List<RecalibrationView.Line> lines, boolean isEnd) {

        Stretch {
            lines = List.copyOf(lines);
        }
    }

    /** What came since the last call. */
    synchronized Stretch next() {
        if (over) {
            return new Stretch(List.of(), true);
        }
        // asked before the lines are read: what ends a job is written together with its line
        over = store.find(id).map(Job::isOver).orElse(true);
        var lines = store.history(id).stream().skip(told).map(JobViews::line).toList();
        told += lines.size();
        return new Stretch(lines, false);
    }
}
