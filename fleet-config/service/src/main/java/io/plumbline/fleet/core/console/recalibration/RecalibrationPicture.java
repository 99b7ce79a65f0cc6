package io.plumbline.fleet.core.console.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.RecalibrationEvent.Accepted;
import io.plumbline.contract.message.RecalibrationEvent.Progressed;
import io.plumbline.contract.message.RecalibrationEvent.Refused;
import io.plumbline.fleet.core.console.Paging;
import io.plumbline.fleet.core.console.Tone;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.recalibration.RecalibrationTrail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Puts the page about recalibrations together, from what the topic of recalibrations tells. Pure: of one moment. */
public final class RecalibrationPicture {

    static final int SHEETS = 8;

    private static final List<String> WAY = List.of("REQUESTED", "OBSERVING", "BUILDING", "SCORING");
    private static final List<String> NAMES = List.of("asked for", "gateways observe", "building", "gateways score");

    /** As registries of before told an answer of a gateway. */
    private static final Pattern SENT =
            Pattern.compile("(?s).+ on .+ (sent histograms of|scored \\d+ builds|declined:|gave ).*");

    private final ControlState state;

    private RecalibrationPicture(ControlState state) {
        this.state = state;
    }

    /**
     * @param trails newest first
     * @param page from 1
     */
    public static RecalibrationBoard board(List<RecalibrationTrail> trails, ControlState state, int page) {
        var picture = new RecalibrationPicture(state);
        var pages = Paging.of(page, trails.size(), SHEETS);
        return new RecalibrationBoard(
                pages.cut(trails).stream().map(picture::sheet).toList(), pages);
    }

    private RecalibrationSheet sheet(RecalibrationTrail trail) {
        var sent = sent(trail.lines());
        var candidate = trail.outcome()
                .filter(Accepted.class::isInstance)
                .map(Accepted.class::cast)
                .map(Accepted::candidate);
        return new RecalibrationSheet(
                trail,
                word(trail),
                tone(trail),
                because(trail),
                stages(trail),
                sent,
                trail.lines().stream().filter(line -> !sent.contains(line)).toList(),
                scores(trail),
                candidate,
                candidate.flatMap(build -> rollout(trail.model(), build)),
                givers(trail.model()));
    }

    /** What left the sites. A registry that says so says it of every answer; words are asked only before it first did. */
    private static List<Progressed> sent(List<Progressed> lines) {
        var all = new ArrayList<Progressed>();
        var isTold = false;
        for (var line : lines) {
            isTold |= line.sent().isPresent();
            if (line.sent().isPresent() || (!isTold && SENT.matcher(line.what()).matches())) {
                all.add(line);
            }
        }
        return all;
    }

    private static String word(RecalibrationTrail trail) {
        if (trail.outcome().isEmpty()) {
            return "under way";
        }
        return trail.outcome().get() instanceof Accepted ? "accepted" : "refused";
    }

    private static Tone tone(RecalibrationTrail trail) {
        if (trail.outcome().isEmpty()) {
            return Tone.NEWS;
        }
        return trail.outcome().get() instanceof Accepted ? Tone.GOOD : Tone.WARN;
    }

    private static String because(RecalibrationTrail trail) {
        var outcome = trail.outcome().orElse(null);
        if (outcome instanceof Accepted accepted) {
            return accepted.because();
        }
        if (outcome instanceof Refused refused) {
            return refused.because();
        }
        return trail.request().map(request -> request.because()).orElse("asked for at the registry");
    }

    private static List<RecalibrationSheet.Stage> stages(RecalibrationTrail trail) {
        var reached = trail.lines().stream()
                .mapToInt(line -> WAY.indexOf(line.step()))
                .max()
                .orElse(0);
        var over = trail.outcome().isPresent();
        var accepted = over && trail.outcome().get() instanceof Accepted;
        var stages = IntStream.range(0, WAY.size())
                .mapToObj(i -> new RecalibrationSheet.Stage(
                        NAMES.get(i), i < reached || accepted ? "done" : i > reached ? "" : over ? "bad" : "now"));
        var end = new RecalibrationSheet.Stage(over ? word(trail) : "decided", accepted ? "done" : over ? "bad" : "");
        return Stream.concat(stages, Stream.of(end)).toList();
    }

    private static List<CandidateScore> scores(RecalibrationTrail trail) {
        var outcome = trail.outcome().orElse(null);
        List<CandidateScore> all = List.of();
        if (outcome instanceof Accepted accepted) {
            all = accepted.scores();
        } else if (outcome instanceof Refused refused) {
            all = refused.scores();
        }
        return all.stream()
                .sorted(Comparator.comparing(
                        (CandidateScore score) -> !score.build().equals(trail.build())))
                .toList();
    }

    private Optional<String> rollout(ModelName model, Digest candidate) {
        return state.newestRollouts().stream()
                .map(rollout -> rollout.plan())
                .filter(plan -> plan.model().equals(model) && plan.candidate().equals(candidate))
                .map(plan -> plan.id())
                .findFirst();
    }

    /** Only these may be asked for readings; gateways refuse everything else. */
    private List<String> givers(ModelName model) {
        return state.inForce().stream()
                .flatMap(assignment -> assignment.streams().stream())
                .filter(stream ->
                        stream.model().equals(model) && stream.samples().isPresent())
                .map(stream -> stream.stream().value())
                .distinct()
                .sorted()
                .toList();
    }
}
