package io.plumbline.judging.cohort;

import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.wire.Counts;
import io.plumbline.judging.EventTime;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Well-formed deltas that still must not get into state: sums of them would overflow, or their time is broken. */
final class Plausibility {

    private static final long MOST = 1L << 40;
    private static final Duration LONGEST = Duration.ofDays(1);

    private Plausibility() {}

    /** One line that names what is wrong; empty when nothing is. */
    static Optional<String> objection(StatsDelta delta) {
        var key = delta.key();
        if (key.windowLength().compareTo(LONGEST) > 0) {
            return Optional.of("window length " + key.windowLength() + " is longer than " + LONGEST);
        }
        if (!EventTime.isPlausible(key.windowStart())) {
            return Optional.of("window start " + key.windowStart() + " is not a plausible time");
        }
        if (counts(delta).anyMatch(count -> count > MOST)) {
            return Optional.of("a count is larger than " + MOST);
        }
        return reals(delta).allMatch(Double::isFinite) ? Optional.empty() : Optional.of("a sum is not finite");
    }

    private static LongStream counts(StatsDelta delta) {
        var fidelity = delta.fidelity();
        return Stream.of(
                        LongStream.of(delta.readings()),
                        delta.predictions().stream().mapToLong(p -> p.count()),
                        fidelity.classes().stream().mapToLong(c -> c.compared()),
                        fidelity.clipping().stream().flatMapToLong(t -> LongStream.of(t.windows(), t.values())),
                        delta.features().stream().flatMapToLong(Plausibility::counts),
                        counts(delta.latency().bins()),
                        delta.faults().faults().stream().mapToLong(f -> f.count()),
                        delta.confidence().stream().flatMapToLong(c -> counts(c.bins())))
                .flatMapToLong(counts -> counts);
    }

    private static LongStream counts(FeatureSketch sketch) {
        return LongStream.concat(LongStream.of(sketch.notFinite()), counts(sketch.bins()));
    }

    private static LongStream counts(Counts bins) {
        return LongStream.of(bins.toArray());
    }

    private static Stream<Double> reals(StatsDelta delta) {
        return Stream.of(
                        Stream.of(delta.fidelity().sumAbsoluteDelta()),
                        delta.features().stream().flatMap(f -> Stream.of(f.sum(), f.sumOfSquares())),
                        delta.confidence().stream().flatMap(c -> Stream.of(c.sum(), c.sumOfVariances())))
                .flatMap(reals -> reals);
    }
}
