package io.plumbline.inference.model;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.Tensor;

/** From the tensors of a self-test to those that a model takes. */
public final class Recorded {

    /** Values of an input: a larger one is broken. */
    private static final long MOST = 1L << 27;

    private Recorded() {}

    /**
     * The values, repeated until the shape is full.
     *
     * @throws IllegalArgumentException if there is no value for a shape that holds some, or too many
     * @throws ArithmeticException if the shape holds more than can be counted
     */
    public static Tensor tensor(SelfTest.NamedTensor named) {
        var shape = named.shape().stream().mapToLong(Long::longValue).toArray();
        long size = 1;
        for (long axis : shape) {
            size = Math.multiplyExact(size, axis);
        }
        var given = named.values().size();
        if (size < given || size > MOST || (given == 0 && size > 0)) {
            throw new IllegalArgumentException(
                    given + " values cannot fill '" + named.name() + "' of shape " + named.shape());
        }
        var data = new float[(int) size];
        for (int i = 0; i < data.length; i++) {
            data[i] = named.values().get(i % given);
        }
        return Tensor.of(shape, data);
    }
}
