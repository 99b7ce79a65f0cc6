package io.plumbline.judging.cohort;

import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.wire.ByName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Labels that met their predictions, of one cohort and one minute of event time.
 *
 * @param scores one entry per true or predicted label
 */
public record LabelBucket(List<LabelScore> scores) {

    public static final LabelBucket EMPTY = new LabelBucket(List.of());

    /** Windows of statistics are whole minutes, so buckets of a minute add up to them. */
    static final Duration LENGTH = Duration.ofMinutes(1);

    public LabelBucket {
        scores = List.copyOf(scores);
    }

    /** Start of the bucket that holds this moment. */
    static Instant startOf(Instant moment) {
        var millis = moment.toEpochMilli();
        return Instant.ofEpochMilli(millis - Math.floorMod(millis, LENGTH.toMillis()));
    }

    /** Answers whose truth is known. */
    long labelled() {
        return scores.stream().mapToLong(LabelScore::labelled).sum();
    }

    LabelBucket plus(String truth, String predicted) {
        var hit = truth.equals(predicted);
        var one = new LabelBucket(List.of(new LabelScore(truth, 1, hit ? 1 : 0, hit ? 1 : 0)));
        return plus(hit ? one : one.plus(new LabelBucket(List.of(new LabelScore(predicted, 0, 0, 1)))));
    }

    LabelBucket plus(LabelBucket other) {
        return new LabelBucket(ByName.plus(scores, other.scores, LabelScore::label, LabelScore::plus));
    }
}
