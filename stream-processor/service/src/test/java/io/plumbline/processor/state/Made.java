package io.plumbline.processor.state;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.Correction;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.confidence.LabelledHistory;
import io.plumbline.judging.cohort.CohortState;
import io.plumbline.judging.cohort.Hysteresis;
import io.plumbline.judging.cohort.LabelBucket;
import io.plumbline.judging.label.LabelDesk.DeviceClock;
import io.plumbline.judging.label.LabelledAnswer;
import io.plumbline.judging.label.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Values of every kind that lies in a state, from a seed. */
record Made(Random random) {

    private static final List<String> WORDS =
            List.of("event", "normal", "Tür offen", "人", "\u0000", "x".repeat(300), "🔥🔥");

    /** A value with the codec that it is kept by. */
    record Sample<T>(StateCodec<T> codec, Class<T> type, T value) {}

    List<Sample<?>> samples() {
        return List.of(
                new Sample<>(Layouts.PAIR, Pair.class, pair()),
                new Sample<>(Layouts.CLOCK, DeviceClock.class, new DeviceClock(moment())),
                new Sample<>(Layouts.ANSWER, LabelledAnswer.class, answer()),
                new Sample<>(Layouts.BUCKET, LabelBucket.class, new LabelBucket(few(this::score))),
                new Sample<>(Layouts.COHORT, CohortState.class, state()),
                new Sample<>(Layouts.COUNTS, Counts.class, counts(random.nextInt(30))));
    }

    Pair pair() {
        return new Pair(maybe(() -> new Pair.Answer(cohort(), word(), maybe(random::nextDouble))), maybe(this::word));
    }

    private LabelledAnswer answer() {
        return new LabelledAnswer(cohort(), moment(), word(), word(), maybe(random::nextDouble));
    }

    CohortState state() {
        return new CohortState(
                cohort(),
                maybe(this::moment),
                moment(),
                Duration.ofSeconds(random.nextInt(100_000), random.nextInt(1_000_000_000)),
                new Hysteresis(verdict(), verdict(), random.nextInt(10)),
                maybe(this::history),
                maybe(() -> few(() -> new Correction(moment(), moment(), verdict(), verdict()))));
    }

    private LabelledHistory history() {
        var stretches = few(
                () -> new LabelledHistory.Stretch(random.nextInt(), random.nextInt(1 << 20), random.nextLong() >> 8));
        return new LabelledHistory(
                counts(ConfidenceSketch.BINS), counts(ConfidenceSketch.BINS), 1L << random.nextInt(20), stretches);
    }

    private Cohort cohort() {
        return new Cohort(
                new ModelName("model-" + random.nextInt(10)),
                digest(),
                digest(),
                new SiteId("s" + random.nextInt(1_000)));
    }

    private Digest digest() {
        var hash = new byte[32];
        random.nextBytes(hash);
        return Digest.ofHash(hash);
    }

    private LabelScore score() {
        var correct = random.nextInt(1_000);
        return new LabelScore(word(), correct + random.nextInt(1_000), correct, correct + random.nextInt(1_000));
    }

    /** To the nanosecond, since labels may have them. */
    private Instant moment() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private Counts counts(int size) {
        return new Counts(IntStream.range(0, size)
                .mapToLong(i -> random.nextLong() >>> (1 + random.nextInt(62)))
                .toArray());
    }

    private Verdict verdict() {
        return Verdict.values()[random.nextInt(Verdict.values().length)];
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> few(Supplier<T> value) {
        return IntStream.range(0, random.nextInt(5)).mapToObj(i -> value.get()).toList();
    }
}
