package io.plumbline.inference;

import java.util.List;

/**
 * An input or output of a model.
 *
 * @param shape sizes of the axes, -1 where an axis is dynamic
 */
public record TensorSpec(String name, List<Long> shape, ElementType type) {

    public TensorSpec {
        shape = List.copyOf(shape);
    }

    /** Whether a tensor of this shape can be given for it. */
    public boolean accepts(long[] actual) {
        if (actual.length != shape.size()) {
            return false;
        }
        for (int axis = 0; axis < actual.length; axis++) {
            if (shape.get(axis) >= 0 && shape.get(axis) != actual[axis]) {
                return false;
            }
        }
        return true;
    }
}
