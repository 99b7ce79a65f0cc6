package io.plumbline.contract.message;

import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * What a result says of a camera frame.
 *
 * @param width of the frame as it came, in pixels
 * @param height of the frame as it came, in pixels
 * @param bytes of the payload
 * @param dropped older frames of the same device that were passed over for this one; each counts in no other result
 * @param failed whether the model failed on the frame: then nothing is known of what it shows
 * @param found what a detector found, strongest first; empty for a classifier
 */
public record Frame(long width, long height, long bytes, long dropped, boolean failed, List<Found> found) {

    public Frame {
        Require.notNegative("width", width);
        Require.notNegative("height", height);
        Require.notNegative("bytes", bytes);
        Require.notNegative("dropped", dropped);
        found = List.copyOf(found);
    }

    /**
     * One thing that a detector found.
     *
     * @param label the class, as the model card names it
     * @param score in [0, 1]
     * @param box where it is
     */
    public record Found(String label, double score, Box box) {

        public Found {
            Require.notEmpty("label", label);
            Require.ratio("score", score);
        }
    }

    /** A rectangle in shares of the frame: (0, 0) is the upper left corner, (1, 1) the lower right one. */
    public record Box(double x1, double y1, double x2, double y2) {

        public Box {
            Require.ratio("x1", x1);
            Require.ratio("y1", y1);
            Require.ratio("x2", x2);
            Require.ratio("y2", y2);
        }
    }

    static void write(FieldWriter out, Frame frame) {
        out.count(1, frame.width);
        out.count(2, frame.height);
        out.count(3, frame.bytes);
        out.count(4, frame.dropped);
        out.count(5, frame.failed ? 1 : 0);
        out.messages(6, frame.found, Frame::write);
    }

    private static void write(FieldWriter out, Found found) {
        out.text(1, found.label);
        out.real(2, found.score);
        out.real(3, found.box.x1);
        out.real(4, found.box.y1);
        out.real(5, found.box.x2);
        out.real(6, found.box.y2);
    }

    static Frame read(FieldReader in) {
        var counts = new long[6];
        var found = new ArrayList<Found>();
        while (in.next()) {
            switch (in.field()) {
                case 1, 2, 3, 4, 5 -> counts[in.field()] = in.count();
                case 6 -> found.add(in.message("Found", Frame::readFound));
                default -> in.skip();
            }
        }
        return new Frame(counts[1], counts[2], counts[3], counts[4], counts[5] != 0, found);
    }

    private static Found readFound(FieldReader in) {
        var label = "";
        var reals = new double[7];
        while (in.next()) {
            switch (in.field()) {
                case 1 -> label = in.text();
                case 2, 3, 4, 5, 6 -> reals[in.field()] = in.real();
                default -> in.skip();
            }
        }
        return new Found(label, reals[2], new Box(reals[3], reals[4], reals[5], reals[6]));
    }
}
