package io.plumbline.fleet.core.console.results;

import io.plumbline.contract.fleet.Glimpse;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.InferenceResult;
import java.util.List;
import java.util.Optional;

/**
 * The page about results.
 *
 * @param streams that can be chosen
 * @param chosen the one that is shown; empty if there is none
 * @param labels of it, the most frequent first: what a strip's colours mean
 * @param cameras of it that may be seen
 * @param problem why there may be none; empty if nothing is wrong
 */
public record LiveBoard(
        List<StreamId> streams,
        Optional<StreamId> chosen,
        List<Label> labels,
        List<Strip> strips,
        List<Camera> cameras,
        String problem) {

    public LiveBoard {
        streams = List.copyOf(streams);
        labels = List.copyOf(labels);
        strips = List.copyOf(strips);
        cameras = List.copyOf(cameras);
    }

    /** @param colour from 0; the most frequent answer is 0, and what has no answer is -1 */
    public record Label(String name, int colour, long count) {}

    /** Whether a device runs another build than it did at the beginning of its strip. */
    public boolean turned() {
        return strips.stream().anyMatch(strip -> !strip.turns().isEmpty());
    }

    /**
     * The newest results of a device.
     *
     * @param newest of them
     * @param answer what the newest says, in words
     * @param counts how often each was said, in words
     * @param times when the readings were made, as far as there is room for it
     * @param turns where the build changed
     * @param words all that the drawing says
     */
    public record Strip(
            InferenceResult newest,
            String answer,
            String latency,
            String counts,
            List<Cell> cells,
            List<Tick> times,
            List<Turn> turns,
            String words) {

        public Strip {
            cells = List.copyOf(cells);
            times = List.copyOf(times);
            turns = List.copyOf(turns);
        }
    }

    /**
     * A time below a strip.
     *
     * @param x of the bar that it is the time of
     * @param css where the words lie beside it: empty, middle or end
     */
    public record Tick(String x, String words, String css) {}

    /**
     * The first answer of another build.
     *
     * @param x before its bar
     * @param words which build, and since when
     */
    public record Turn(String x, String words) {}

    /**
     * A result.
     *
     * @param x of its left edge
     * @param y of its upper edge: the higher, the surer
     * @param height the rest of the strip below
     * @param colour of its label; -1 of a result without an answer
     * @param words what it says
     */
    public record Cell(String x, String y, String height, int colour, String words) {}

    /**
     * The last frame of a camera that may be seen.
     *
     * @param newest that was shown
     * @param found by INT8, in words
     * @param reference the same of FP32; empty if it was not asked
     * @param boxes of both, those of FP32 first: they lie below
     */
    public record Camera(Glimpse newest, String found, Optional<String> reference, List<Outline> boxes) {

        public Camera {
            boxes = List.copyOf(boxes);
        }
    }

    /**
     * A box on a frame, in shares of it.
     *
     * @param model whose it is, as a word of the style sheet: {@code int8} or {@code fp32}
     * @param words what it says
     */
    public record Outline(String model, String x, String y, String width, String height, String words) {}
}
