package io.plumbline.inference.detection.head;

import io.plumbline.inference.detection.Box;
import io.plumbline.inference.detection.Detection;
import java.util.ArrayList;
import java.util.List;

/** Collects what a head reads, in shares of the model's input, and leaves out what scores too little. */
final class Candidates {

    private final double floor;
    private final List<Detection> found = new ArrayList<>();

    /** @param floor a candidate must score more */
    Candidates(double floor) {
        this.floor = floor;
    }

    boolean accepts(double score) {
        return score > floor;
    }

    /** A box that is not finite or has no area is none. */
    void add(int label, double score, Box box) {
        if (accepts(score) && box.isSound()) {
            found.add(new Detection(label, score, box));
        }
    }

    List<Detection> found() {
        return found;
    }
}
