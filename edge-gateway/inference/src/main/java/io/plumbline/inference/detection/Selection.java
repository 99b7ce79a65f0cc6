package io.plumbline.inference.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which boxes count: those that score enough and, from the best down, do not overlap one that was kept (greedy
 * non-maximum suppression).
 *
 * @param score a box must score more, from 0 to 1
 * @param overlap intersection over union above which the weaker of two boxes goes, from 0 to 1
 * @param perClass whether boxes of different classes leave each other alone
 */
public record Selection(double score, double overlap, boolean perClass) {

    /** Boxes of one image before they are thinned: the strongest of those that score enough. */
    private static final int MOST = 10_000;

    public Selection {
        if (!(score >= 0 && score < 1 && overlap > 0 && overlap <= 1)) {
            throw new IllegalArgumentException("a score of " + score + " or an overlap of " + overlap
                    + " selects nothing: a score is from 0 to 1, an overlap greater than 0 and at most 1");
        }
    }

    /** The same with another score. */
    public Selection withScore(double other) {
        return new Selection(other, overlap, perClass);
    }

    /** What is kept, strongest first; equal scores keep their order. */
    public List<Detection> of(List<Detection> candidates) {
        var sorted = candidates.stream()
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .limit(MOST)
                .toList();
        var kept = new ArrayList<Detection>();
        for (var candidate : sorted) {
            if (kept.stream().noneMatch(stronger -> covers(stronger, candidate))) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    private boolean covers(Detection stronger, Detection weaker) {
        return (!perClass || stronger.label() == weaker.label())
                && stronger.box().overlap(weaker.box()) > overlap;
    }
}
