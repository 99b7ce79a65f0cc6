package io.plumbline.inference.card;

import io.plumbline.inference.detection.Selection;
import io.plumbline.inference.detection.head.GridHead;
import io.plumbline.inference.detection.head.Head;
import io.plumbline.inference.detection.head.ScoredBoxesHead;
import io.plumbline.inference.detection.head.SsdHead;
import io.plumbline.inference.detection.head.TextMapHead;
import io.plumbline.inference.detection.head.Yolov5Head;
import io.plumbline.inference.detection.head.Yolov8Head;
import io.plumbline.inference.detection.head.YoloxHead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the output of a detector. */
record DetectionsParser(CardNode output) {

    private static final int MOST_CELLS = 8192;

    Detections parse(List<String> labels) throws CardException {
        return new Detections(head(), selection(), labels);
    }

    private Selection selection() throws CardException {
        var score = output.get("score");
        var overlap = output.get("overlap");
        if (score.share() == 1) {
            throw score.broken("must be less than 1: no box scores more");
        }
        if (overlap.share() == 0) {
            throw overlap.broken("must be greater than 0");
        }
        return new Selection(
                score.share(), overlap.share(), output.get("perClass").flag());
    }

    private Head head() throws CardException {
        var decode = output.get("decode");
        return switch (decode.text()) {
            case "grid" -> new GridHead(tensor());
            case "yolov5" -> new Yolov5Head(tensor());
            case "yolov8" -> new Yolov8Head(tensor());
            case "yolox" -> new YoloxHead(tensor("strides"), strides());
            case "boxes" -> {
                only(Set.of("scores", "boxes", "background"));
                yield new ScoredBoxesHead(
                        output.get("scores").text(),
                        output.get("boxes").text(),
                        output.get("background").flag());
            }
            case "ssd" -> ssd();
            case "db-text" ->
                new TextMapHead(
                        tensor("threshold", "unclip"),
                        output.get("threshold").share(),
                        output.get("unclip").positive());
            default -> throw decode.broken("must be one of grid, yolov5, yolov8, yolox, boxes, ssd, db-text");
        };
    }

    private String tensor(String... more) throws CardException {
        var own = new TreeSet<>(List.of(more));
        own.add("tensor");
        only(own);
        return output.get("tensor").text();
    }

    private void only(Collection<String> own) throws CardException {
        var names = new ArrayList<>(List.of("decode", "score", "overlap", "perClass", "labels"));
        names.addAll(own);
        output.only(names.toArray(String[]::new));
    }

    private List<Integer> strides() throws CardException {
        var strides = new ArrayList<Integer>();
        for (var stride : output.get("strides").list()) {
            strides.add(stride.positiveInt(MOST_CELLS));
        }
        return strides;
    }

    private SsdHead ssd() throws CardException {
        only(Set.of("scores", "boxes", "softmax", "variances", "priors"));
        var variances = output.get("variances").only("centre", "size");
        return new SsdHead(
                output.get("scores").text(),
                output.get("boxes").text(),
                levels(),
                new SsdHead.Variances(
                        variances.get("centre").positive(),
                        variances.get("size").positive()),
                output.get("softmax").flag());
    }

    private List<SsdHead.Level> levels() throws CardException {
        var levels = new ArrayList<SsdHead.Level>();
        for (var level : output.get("priors").list()) {
            level.only("columns", "rows", "sizes");
            var sizes = new ArrayList<SsdHead.Size>();
            for (var size : level.get("sizes").list()) {
                size.only("width", "height");
                sizes.add(new SsdHead.Size(
                        size.get("width").positive(), size.get("height").positive()));
            }
            levels.add(new SsdHead.Level(
                    level.get("columns").positiveInt(MOST_CELLS),
                    level.get("rows").positiveInt(MOST_CELLS),
                    sizes));
        }
        return levels;
    }
}
