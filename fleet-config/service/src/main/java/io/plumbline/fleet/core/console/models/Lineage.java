package io.plumbline.fleet.core.console.models;

import io.plumbline.fleet.core.console.Tone;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which build came from what, as a drawing: a row for the model, for each version and for each build, further right what came from it.
 *
 * @param nodes from the model on, each before what came from it
 * @param paths from each node to what came from it, as SVG writes them
 * @param height of the drawing
 * @param missing what it leaves out, in a sentence; empty if nothing
 */
public record Lineage(List<Node> nodes, List<String> paths, int height, String missing) {

    public static final int WIDTH = 480;

    public Lineage {
        nodes = List.copyOf(nodes);
        paths = List.copyOf(paths);
    }

    /**
     * @param facts about it, in words
     * @param rollout the newest that brought it; empty or one
     */
    public record Node(int x, int y, Label label, List<String> facts, List<Brought> rollout) {

        /** Space between lines of text. */
        private static final int LINE = 17;

        public Node {
            facts = List.copyOf(facts);
            rollout = List.copyOf(rollout);
        }

        public int textX() {
            return x + 15;
        }

        public int textY() {
            return y + 5;
        }

        /** The facts, each where it stands. */
        public List<Line> lines() {
            return IntStream.range(0, facts.size())
                    .mapToObj(i -> new Line(facts.get(i), textY() + (i + 1) * LINE))
                    .toList();
        }

        /** Where the rollout stands. */
        public int below() {
            return textY() + (facts.size() + 1) * LINE;
        }
    }

    public record Line(String words, int y) {}

    /**
     * @param what it is, beside its name
     * @param link to where it is shown
     */
    public record Label(String name, String what, String link, Tone tone) {}

    /** @param words how it is */
    public record Brought(String link, String words, Tone tone) {}

    public int width() {
        return WIDTH;
    }
}
