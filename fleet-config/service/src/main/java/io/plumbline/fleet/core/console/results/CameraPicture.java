package io.plumbline.fleet.core.console.results;

import io.plumbline.contract.fleet.Glimpse;
import io.plumbline.contract.message.Frame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What both models found on the last frame of a camera, as boxes and in words. Pure. */
final class CameraPicture {

    private CameraPicture() {}

    static LiveBoard.Camera of(Glimpse glimpse) {
        var reference = glimpse.reference().orElse(List.of());
        var boxes = Stream.concat(
                reference.stream().map(one -> outline("fp32", "FP32", one)),
                glimpse.found().stream().map(one -> outline("int8", "INT8", one)));
        return new LiveBoard.Camera(
                glimpse,
                inWords(glimpse.found().stream()),
                glimpse.reference().map(some -> inWords(some.stream())),
                boxes.toList());
    }

    private static LiveBoard.Outline outline(String model, String name, Frame.Found found) {
        var box = found.box();
        return new LiveBoard.Outline(
                model,
                share(box.x1()),
                share(box.y1()),
                share(Math.max(0, box.x2() - box.x1())),
                share(Math.max(0, box.y2() - box.y1())),
                String.format(Locale.ROOT, "%s: %s, %.0f %%", name, found.label(), 100 * found.score()));
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** How many of each, in the order in which they were found. */
    static String inWords(Stream<Frame.Found> found) {
        var counts =
                found.collect(Collectors.groupingBy(Frame.Found::label, LinkedHashMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? "nothing found"
                : counts.entrySet().stream()
                        .map(one -> one.getValue() + " " + one.getKey())
                        .collect(Collectors.joining(", "));
    }
}
