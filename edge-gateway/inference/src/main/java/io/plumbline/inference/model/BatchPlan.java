package io.plumbline.inference.model;

import java.util.SortedMap;

/** With which batches so many windows are answered soonest. */
final class BatchPlan {

    private final int[] first;

    private BatchPlan(int[] first) {
        this.first = first;
    }

    /** @param nanos how long a batch of each size takes; a batch need not be full */
    static BatchPlan of(SortedMap<Integer, Long> nanos) {
        var most = nanos.lastKey();
        var first = new int[most + 1];
        var soonest = new long[most + 1];
        for (int count = 1; count <= most; count++) {
            soonest[count] = Long.MAX_VALUE;
            for (var size : nanos.keySet()) {
                var all = nanos.get(size) + soonest[Math.max(0, count - size)];
                if (all < soonest[count]) {
                    soonest[count] = all;
                    first[count] = size;
                }
            }
        }
        return new BatchPlan(first);
    }

    int most() {
        return first.length - 1;
    }

    /** Size of the first batch for so many windows, at least one; the rest follows in the same way. */
    int first(int windows) {
        return first[Math.min(windows, most())];
    }
}
