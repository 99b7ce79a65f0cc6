package io.plumbline.contract.message;

import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;

/**
 * How often FP32 values of a tensor lie outside the range that the INT8 build can represent. Needs no label and no
 * disagreement, so it sees a stale calibration before either.
 *
 * @param tensor name of the activation in the FP32 graph
 * @param windows inputs looked at
 * @param clippedWindows inputs with at least one value outside
 * @param values values looked at
 * @param clippedValues values outside
 */
public record TensorClipping(String tensor, long windows, long clippedWindows, long values, long clippedValues) {

    private static final long VALUES_OF_IMAGES = 1 << 14;

    public TensorClipping {
        Require.notEmpty("tensor", tensor);
        Require.notNegative("clippedWindows", clippedWindows);
        Require.notNegative("clippedValues", clippedValues);
        Require.that(clippedWindows <= windows, "clippedWindows must not exceed windows");
        Require.that(clippedValues <= values, "clippedValues must not exceed values");
    }

    /**
     * Whether a window has so many values that one always leaves a range that was seen on others, as an image has: then the share of
     * values says how much is clipped, and that of windows nothing.
     */
    public boolean countsValues() {
        return windows > 0 && values / windows >= VALUES_OF_IMAGES;
    }

    /** All counts added; the tensors are the same by the caller's promise. */
    public TensorClipping plus(TensorClipping other) {
        return new TensorClipping(
                tensor,
                windows + other.windows,
                clippedWindows + other.clippedWindows,
                values + other.values,
                clippedValues + other.clippedValues);
    }

    /** Whether this may be a later state of the same count. */
    boolean grewFrom(TensorClipping earlier) {
        return tensor.equals(earlier.tensor)
                && clippedWindows >= earlier.clippedWindows
                && windows - clippedWindows >= earlier.windows - earlier.clippedWindows
                && clippedValues >= earlier.clippedValues
                && values - clippedValues >= earlier.values - earlier.clippedValues;
    }

    /** All counts without those of an earlier state, which this {@link #grewFrom}. */
    TensorClipping minus(TensorClipping earlier) {
        return new TensorClipping(
                tensor,
                windows - earlier.windows,
                clippedWindows - earlier.clippedWindows,
                values - earlier.values,
                clippedValues - earlier.clippedValues);
    }

    static void write(FieldWriter out, TensorClipping value) {
        out.text(1, value.tensor);
        out.count(2, value.windows);
        out.count(3, value.clippedWindows);
        out.count(4, value.values);
        out.count(5, value.clippedValues);
    }

    static TensorClipping read(FieldReader in) {
        var tensor = "";
        var counts = new long[6];
        while (in.next()) {
            switch (in.field()) {
                case 1 -> tensor = in.text();
                case 2, 3, 4, 5 -> counts[in.field()] = in.count();
                default -> in.skip();
            }
        }
        return new TensorClipping(tensor, counts[2], counts[3], counts[4], counts[5]);
    }
}
