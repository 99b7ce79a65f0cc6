package io.plumbline.inference.image;

import io.plumbline.inference.card.ImageInput.Interpolation;

/**
 * How one axis is resized: every target pixel is a weighted sum of neighbouring source pixels, the weights of which add up to 1.
 *
 * <p>With s source pixels for a target pixel, target i covers the source from i s to (i + 1) s. Area: each source pixel weighs
 * as much of this stretch as it fills (only where s >= 1). Bilinear: the centre is (i + 0.5) s - 0.5; the two pixels around it
 * weigh 1 - f and f, f being its fraction; beyond the edge the outermost pixel stands in. Both as in OpenCV.
 *
 * @see <a href="https://docs.opencv.org/4.x/da/d54/group__imgproc__transform.html">OpenCV, resize</a>
 */
final class Axis {

    private final int source;
    private final int target;
    private final int[] first;
    private final int[] start;
    private final float[] weights;

    private Axis(int source, int target, int most) {
        this.source = source;
        this.target = target;
        this.first = new int[target];
        this.start = new int[target + 1];
        this.weights = new float[target * most];
    }

    static Axis of(int source, int target, Interpolation interpolation) {
        return interpolation == Interpolation.AREA && source >= target
                ? area(source, target)
                : bilinear(source, target);
    }

    private static Axis area(int source, int target) {
        var step = (double) source / target;
        var axis = new Axis(source, target, (int) Math.ceil(step) + 1);
        int at = 0;
        for (int i = 0; i < target; i++) {
            var from = i * step;
            var to = (i + 1) * step;
            axis.first[i] = (int) from;
            axis.start[i] = at;
            for (int j = (int) from; j < Math.min(source, to); j++) {
                var share = (Math.min(j + 1, to) - Math.max(j, from)) / step;
                axis.weights[at++] = (float) share;
            }
        }
        axis.start[target] = at;
        return axis;
    }

    private static Axis bilinear(int source, int target) {
        var axis = new Axis(source, target, 2);
        var step = (double) source / target;
        for (int i = 0; i < target; i++) {
            var centre = Math.min(Math.max(0, (i + 0.5) * step - 0.5), source - 1.0);
            var left = Math.min((int) centre, Math.max(0, source - 2));
            var fraction = (float) (centre - left);
            axis.first[i] = left;
            axis.start[i] = 2 * i;
            axis.weights[2 * i] = 1 - fraction;
            axis.weights[2 * i + 1] = fraction;
        }
        axis.start[target] = 2 * target;
        return axis;
    }

    boolean isOf(int otherSource, int otherTarget) {
        return source == otherSource && target == otherTarget;
    }

    /** The first source pixel of a target pixel. */
    int first(int index) {
        return first[index];
    }

    /** How many source pixels a target pixel has. */
    int taps(int index) {
        return start[index + 1] - start[index];
    }

    int mostTaps() {
        int most = 0;
        for (int i = 0; i < target; i++) {
            most = Math.max(most, taps(i));
        }
        return most;
    }

    float weight(int index, int tap) {
        return weights[start[index] + tap];
    }

    /** First source pixels by target pixel. Not a copy, as the next two. */
    int[] firsts() {
        return first;
    }

    /** Where the weights of a target pixel start; one more at the end. */
    int[] starts() {
        return start;
    }

    float[] weights() {
        return weights;
    }
}
