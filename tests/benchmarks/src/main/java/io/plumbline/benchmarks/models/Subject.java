package io.plumbline.benchmarks.models;

import io.plumbline.inference.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A model and inputs for it.
 *
 * @param name in figures
 * @param calibration inputs that ranges are taken from
 * @param evaluation inputs that builds are compared on; others than those
 */
public record Subject(
        String name, Onnx fp32, List<Map<String, Tensor>> calibration, List<Map<String, Tensor>> evaluation) {

    public Subject {
        calibration = List.copyOf(calibration);
        evaluation = List.copyOf(evaluation);
    }

    /** A file's content, which nobody changes. */
    public static final class Onnx {
        private final byte[] bytes;

        Onnx(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Not a copy. */
        public byte[] bytes() {
            return bytes;
        }
    }
}
