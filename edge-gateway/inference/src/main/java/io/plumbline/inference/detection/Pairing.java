package io.plumbline.inference.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which detections of one image are which of a reference: from the strongest down, a detection takes the reference box of its
 * class that it overlaps by half at least (intersection over union) and that none took before: the nearest.
 *
 * @param pairs every detection, strongest first
 * @param missed reference boxes that none took
 */
public record Pairing(List<Pair> pairs, List<Detection> missed) {

    private static final double ENOUGH = 0.5;

    /** @param reference the box it took; empty if there was none for it */
    public record Pair(Detection found, Optional<Detection> reference) {}

    public static Pairing of(List<Detection> found, List<Detection> reference) {
        var left = new ArrayList<>(reference);
        var pairs = found.stream()
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .map(one -> {
                    var nearest = nearest(one, left);
                    nearest.ifPresent(left::remove);
                    return new Pair(one, nearest);
                })
                .toList();
        return new Pairing(pairs, List.copyOf(left));
    }

    private static Optional<Detection> nearest(Detection one, List<Detection> left) {
        var best = Optional.<Detection>empty();
        var overlap = 0.0;
        for (var other : left) {
            var shared = other.label() == one.label() ? one.box().overlap(other.box()) : 0;
            if (shared >= ENOUGH && shared > overlap) {
                best = Optional.of(other);
                overlap = shared;
            }
        }
        return best;
    }
}
