package io.plumbline.judging.cohort;

import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.drift.horizon.HorizonStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All deltas of one cohort and one window of event time.
 *
 * @param seen which deltas are in it, so that none counts twice; by source and sequence, in whatever order they came
 */
public record WindowState(List<Seen> seen, HorizonStats stats) {

    public static final WindowState EMPTY = new WindowState(List.of(), HorizonStats.NONE);

    /** A gateway sends one or a few deltas for a window; this many say that it is broken. */
    static final int MOST_DELTAS = 256;

    public WindowState {
        seen = List.copyOf(seen);
    }

    /**
     * The deltas of one gateway and stream.
     *
     * @param source {@code gateway|stream}
     */
    public record Seen(String source, List<Long> sequences) {

        public Seen {
            sequences = sequences.stream().sorted().toList();
        }
    }

    boolean contains(StatsKey key) {
        return sequences(key).filter(s -> s.contains(key.sequence())).isPresent();
    }

    boolean isFullFor(StatsKey key) {
        return sequences(key).filter(s -> s.size() >= MOST_DELTAS).isPresent();
    }

    /** With the delta, which must be a new one. */
    WindowState plus(StatsDelta delta) {
        if (contains(delta.key())) {
            throw new IllegalStateException("adding a delta a second time is a bug");
        }
        var source = source(delta.key());
        var sequences = new ArrayList<>(sequences(delta.key()).orElse(List.of()));
        sequences.add(delta.key().sequence());
        var others = seen.stream().filter(s -> !s.source().equals(source));
        var all = Stream.concat(others, Stream.of(new Seen(source, sequences)))
                .sorted(Comparator.comparing(Seen::source))
                .toList();
        return new WindowState(all, stats.plus(HorizonStats.of(delta)));
    }

    private Optional<List<Long>> sequences(StatsKey key) {
        var source = source(key);
        return seen.stream()
                .filter(s -> s.source().equals(source))
                .map(Seen::sequences)
                .findFirst();
    }

    private static String source(StatsKey key) {
        return key.gateway() + "|" + key.stream();
    }
}
