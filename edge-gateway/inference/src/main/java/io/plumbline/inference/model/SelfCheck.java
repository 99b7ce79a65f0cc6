package io.plumbline.inference.model;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a build's recorded cases. */
final class SelfCheck {

    private SelfCheck() {}

    static Optional<String> firstFailure(SelfTest test, InferenceEngine engine) {
        if (test.cases().isEmpty()) {
            return Optional.of("self-test has no case: a build that cannot be checked is not safe");
        }
        for (int i = 0; i < test.cases().size(); i++) {
            var failure = failure(test.cases().get(i), test.tolerance(), engine);
            if (failure.isPresent()) {
                return Optional.of("self-test case " + i + ": " + failure.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> failure(SelfTest.Case one, double tolerance, InferenceEngine engine) {
        if (one.outputs().isEmpty()) {
            return Optional.of("no output is recorded");
        }
        try {
            var outputs = engine.run(tensors(one.inputs()));
            return one.outputs().stream()
                    .flatMap(expected -> difference(expected, outputs, tolerance).stream())
                    .findFirst();
        } catch (InferenceException | IllegalArgumentException | ArithmeticException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> difference(
            SelfTest.NamedTensor expected, Map<String, Tensor> outputs, double tolerance) {
        var actual = outputs.get(expected.name());
        if (actual == null) {
            return Optional.of("output '" + expected.name() + "' is missing");
        }
        var shape = Arrays.stream(actual.shape()).boxed().toList();
        if (!shape.equals(expected.shape())
                || actual.size() != expected.values().size()) {
            return Optional.of("output '" + expected.name() + "' has shape " + shape + ", recorded are "
                    + expected.values().size() + " values of shape " + expected.shape());
        }
        for (int i = 0; i < actual.size(); i++) {
            var difference = Math.abs(actual.get(i) - expected.values().get(i));
            if (!(difference <= tolerance)) {
                return Optional.of("output '" + expected.name() + "'[" + i + "] is " + actual.get(i) + ", recorded "
                        + expected.values().get(i) + ", tolerance " + tolerance);
            }
        }
        return Optional.empty();
    }

    private static Map<String, Tensor> tensors(List<SelfTest.NamedTensor> named) {
        var tensors = new HashMap<String, Tensor>();
        for (var one : named) {
            tensors.put(one.name(), Recorded.tensor(one));
        }
        return tensors;
    }
}
