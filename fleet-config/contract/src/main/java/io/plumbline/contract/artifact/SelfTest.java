package io.plumbline.contract.artifact;

import io.plumbline.contract.wire.Require;
import java.util.List;

/**
 * Inputs and the outputs this very build gave where it was made. A gateway whose outputs differ by more than the
 * tolerance refuses the build.
 *
 * @param tolerance largest allowed absolute difference of an output value
 */
public record SelfTest(List<Case> cases, double tolerance) {

    public SelfTest {
        cases = List.copyOf(cases);
        Require.that(tolerance >= 0, "tolerance " + tolerance + " must not be negative");
    }

    /** One run of the model. */
    public record Case(List<NamedTensor> inputs, List<NamedTensor> outputs) {

        public Case {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * @param shape sizes of the axes
     * @param values row-major float32; of an input, fewer than the shape holds are repeated from the first on until it is
     *     full, which keeps images small
     */
    public record NamedTensor(String name, List<Long> shape, List<Float> values) {

        public NamedTensor {
            shape = List.copyOf(shape);
            values = List.copyOf(values);
        }
    }
}
