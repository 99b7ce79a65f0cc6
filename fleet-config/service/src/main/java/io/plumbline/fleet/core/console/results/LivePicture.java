package io.plumbline.fleet.core.console.results;

import io.plumbline.contract.message.Frame;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the page about results together. Pure: of one moment. */
public final class LivePicture {

    private static final int MOST_LABELS = 8;
    private static final int STEP = 8;
    private static final int TALL = 32;
    private static final int LEAST = 4;
    private static final String NOTHING = "no answer";
    private static final String REST = "other answers";
    private static final int NO_COLOUR = -1;

    private final LatestResults latest;
    private final Glimpses glimpses;
    private final String problem;

    /** @param problem why there may be no results; empty if nothing is wrong */
    public LivePicture(LatestResults latest, Glimpses glimpses, String problem) {
        this.latest = latest;
        this.glimpses = glimpses;
        this.problem = problem;
    }

    /** @param wanted name of the stream; the first if there is no such stream */
    public LiveBoard board(String wanted) {
        var streams = Stream.concat(latest.streams().stream(), glimpses.streams().stream())
                .distinct()
                .sorted()
                .toList();
        var chosen = streams.stream()
                .filter(stream -> stream.value().equals(wanted))
                .findFirst()
                .or(() -> streams.stream().findFirst());
        var devices = chosen.map(latest::of).orElse(List.of());
        var labels = labels(devices);
        return new LiveBoard(
                streams,
                chosen,
                labels,
                devices.stream().map(results -> strip(results, colours(labels))).toList(),
                chosen.map(glimpses::of).orElse(List.of()).stream()
                        .map(CameraPicture::of)
                        .toList(),
                problem);
    }

    private static List<LiveBoard.Label> labels(List<List<InferenceResult>> devices) {
        var counts = devices.stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(LivePicture::answer, Collectors.counting()));
        var labels = new ArrayList<LiveBoard.Label>();
        var sorted = counts.entrySet().stream()
                .filter(label -> !label.getKey().equals(NOTHING))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        var named = sorted.size() <= MOST_LABELS ? sorted.size() : MOST_LABELS - 1;
        sorted.subList(0, named)
                .forEach(label -> labels.add(new LiveBoard.Label(label.getKey(), labels.size(), label.getValue())));
        if (named < sorted.size()) {
            var rest = sorted.subList(named, sorted.size()).stream()
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            labels.add(new LiveBoard.Label(REST, named, rest));
        }
        if (counts.containsKey(NOTHING)) {
            labels.add(new LiveBoard.Label(NOTHING, NO_COLOUR, counts.get(NOTHING)));
        }
        return labels;
    }

    private static Map<String, Integer> colours(List<LiveBoard.Label> labels) {
        return labels.stream().collect(Collectors.toMap(LiveBoard.Label::name, LiveBoard.Label::colour));
    }

    private static LiveBoard.Strip strip(List<InferenceResult> results, Map<String, Integer> colours) {
        var newest = results.get(results.size() - 1);
        var axis = new StripAxis(results, LatestResults.MOST_RESULTS, STEP);
        var cells = new ArrayList<LiveBoard.Cell>();
        for (var result : results) {
            cells.add(cell(result, axis.x(cells.size()), colours));
        }
        var counts = results.stream()
                .collect(Collectors.groupingBy(LivePicture::answer, LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(label -> label.getValue() + " × " + label.getKey())
                .collect(Collectors.joining(", "));
        return new LiveBoard.Strip(
                newest,
                inWords(newest),
                String.format(Locale.ROOT, "%.2f ms", newest.latencyNanos() / 1e6),
                counts,
                cells,
                axis.times(),
                axis.turns(),
                counts + "; " + axis.words());
    }

    private static LiveBoard.Cell cell(InferenceResult result, int x, Map<String, Integer> colours) {
        var answer = answer(result);
        var height = LEAST + (TALL - LEAST) * score(result);
        return new LiveBoard.Cell(
                String.valueOf(x),
                String.format(Locale.ROOT, "%.1f", TALL - height),
                String.format(Locale.ROOT, "%.1f", height),
                answer.equals(NOTHING) ? NO_COLOUR : colours.getOrDefault(answer, MOST_LABELS - 1),
                inWords(result));
    }

    private static double score(InferenceResult result) {
        return result.prediction()
                .map(Prediction::score)
                .or(() -> found(result).map(Frame.Found::score).findFirst())
                .orElse(0.0);
    }

    /** What a classifier says, or what a detector is surest of. */
    private static String answer(InferenceResult result) {
        return result.prediction()
                .map(Prediction::label)
                .or(() -> found(result).map(Frame.Found::label).findFirst())
                .orElse(NOTHING);
    }

    private static Stream<Frame.Found> found(InferenceResult result) {
        return result.frame().stream().flatMap(frame -> frame.found().stream());
    }

    private static String inWords(InferenceResult result) {
        if (result.prediction().isPresent()) {
            var said = result.prediction().get();
            return String.format(Locale.ROOT, "%s, %.0f %%", said.label(), 100 * said.score());
        }
        if (result.frame().map(Frame::failed).orElse(false)) {
            return "the model failed on the frame";
        }
        return result.frame().isPresent() ? CameraPicture.inWords(found(result)) : "no answer, its window fills";
    }
}
