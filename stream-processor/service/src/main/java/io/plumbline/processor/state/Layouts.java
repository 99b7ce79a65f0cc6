package io.plumbline.processor.state;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.wire.Counts;
import io.plumbline.judging.cohort.CohortState;
import io.plumbline.judging.cohort.LabelBucket;
import io.plumbline.judging.label.LabelDesk.DeviceClock;
import io.plumbline.judging.label.LabelledAnswer;
import io.plumbline.judging.label.Pair;
import java.util.Optional;

/**
 * The bytes of what changes with every label, after the version byte (1):
 *
 * <pre>
 * number  signed, zigzag, 7 bits a byte, the lowest first
 * text    number of bytes, UTF-8
 * digest  32 bytes
 * moment  number of seconds since 1970, number of nanoseconds
 * real    8 bytes, IEEE 754, the highest first
 * counts  number of counts, numbers
 * cohort  text model, digest version, digest build, text site
 *
 * pair    octet: 1 answer, 2 score, 4 truth; answer: cohort, text predicted; score: real; truth: text
 * clock   moment
 * answer  cohort, moment, text truth, text predicted, octet: 2 score; score: real
 * bucket  number of labels; each text label, numbers labelled, correct, predicted
 * cohort state: {@link CohortLayout}
 * </pre>
 */
public final class Layouts {

    public static final StateCodec<Pair> PAIR = StateCodec.binary(Pair.class, Layouts::write, Layouts::pair);
    public static final StateCodec<DeviceClock> CLOCK = StateCodec.binary(
            DeviceClock.class, (out, clock) -> out.moment(clock.newest()), in -> new DeviceClock(in.moment()));
    public static final StateCodec<LabelledAnswer> ANSWER =
            StateCodec.binary(LabelledAnswer.class, Layouts::write, Layouts::answer);
    public static final StateCodec<LabelBucket> BUCKET =
            StateCodec.binary(LabelBucket.class, Layouts::write, in -> new LabelBucket(in.list(Layouts::score)));
    public static final StateCodec<CohortState> COHORT =
            StateCodec.binary(CohortState.class, CohortLayout::write, CohortLayout::read);
    public static final StateCodec<Counts> COUNTS =
            StateCodec.binary(Counts.class, StateWriter::counts, StateReader::counts);

    private static final int ANSWERED = 1;
    private static final int SCORED = 2;
    private static final int TRUE = 4;

    private Layouts() {}

    private static void write(StateWriter out, Pair pair) {
        var score = pair.answer().flatMap(Pair.Answer::score);
        out.octet((pair.answer().isPresent() ? ANSWERED : 0)
                | (score.isPresent() ? SCORED : 0)
                | (pair.truth().isPresent() ? TRUE : 0));
        pair.answer().ifPresent(answer -> {
            cohort(out, answer.cohort());
            out.text(answer.predicted());
        });
        score.ifPresent(out::real);
        pair.truth().ifPresent(out::text);
    }

    private static Pair pair(StateReader in) {
        var holds = holding(in, ANSWERED | SCORED | TRUE);
        Optional<Pair.Answer> answer = Optional.empty();
        if ((holds & ANSWERED) != 0) {
            var cohort = cohort(in);
            var predicted = in.text();
            answer = Optional.of(new Pair.Answer(cohort, predicted, score(in, holds & SCORED)));
        }
        return new Pair(answer, (holds & TRUE) != 0 ? Optional.of(in.text()) : Optional.empty());
    }

    private static void write(StateWriter out, LabelledAnswer answer) {
        cohort(out, answer.cohort());
        out.moment(answer.at());
        out.text(answer.truth());
        out.text(answer.predicted());
        out.octet(answer.score().isPresent() ? SCORED : 0);
        answer.score().ifPresent(out::real);
    }

    private static LabelledAnswer answer(StateReader in) {
        var cohort = cohort(in);
        var at = in.moment();
        var truth = in.text();
        var predicted = in.text();
        return new LabelledAnswer(cohort, at, truth, predicted, score(in, holding(in, SCORED)));
    }

    private static void write(StateWriter out, LabelBucket bucket) {
        out.number(bucket.scores().size());
        for (var score : bucket.scores()) {
            out.text(score.label());
            out.number(score.labelled());
            out.number(score.correct());
            out.number(score.predicted());
        }
    }

    private static LabelScore score(StateReader in) {
        var label = in.text();
        var labelled = in.number();
        var correct = in.number();
        return new LabelScore(label, labelled, correct, in.number());
    }

    static void cohort(StateWriter out, Cohort cohort) {
        out.text(cohort.model().value());
        out.digest(cohort.version());
        out.digest(cohort.build());
        out.text(cohort.site().value());
    }

    static Cohort cohort(StateReader in) {
        var model = new ModelName(in.text());
        var version = in.digest();
        var build = in.digest();
        return new Cohort(model, version, build, new SiteId(in.text()));
    }

    private static Optional<Double> score(StateReader in, int holds) {
        return holds == 0 ? Optional.empty() : Optional.of(in.real());
    }

    /** Which of the optional parts follow. */
    static int holding(StateReader in, int known) {
        var holds = in.octet();
        if ((holds & ~known) != 0) {
            throw new IllegalArgumentException("parts " + holds + " are not among " + known);
        }
        return holds;
    }
}
