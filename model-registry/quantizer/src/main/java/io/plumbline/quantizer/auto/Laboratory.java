package io.plumbline.quantizer.auto;

import io.plumbline.quantizer.calibration.Histogram;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.quality.Closeness;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Runs models on samples. The search sees the world through it. */
public interface Laboratory {

    /** Whether there are samples to calibrate on. */
    boolean canCalibrate();

    /**
     * Runs a model on the calibration samples.
     *
     * @param tensors its outputs or inputs to look at
     * @return a histogram for each
     * @throws UnsupportedGraphException if the model does not run
     */
    Map<String, Histogram> observe(OnnxModel observed, List<String> tensors) throws UnsupportedGraphException;

    /**
     * Runs a candidate and the FP32 model on the evaluation samples.
     *
     * @throws UnsupportedGraphException if the candidate does not run
     */
    Measured measure(OnnxModel candidate) throws UnsupportedGraphException;

    /**
     * Compares a candidate's outputs with FP32's on a few of the evaluation samples; quick, with nothing timed.
     *
     * @throws UnsupportedGraphException if the candidate does not run
     */
    Map<String, Closeness> compareOutputs(OnnxModel candidate) throws UnsupportedGraphException;

    /**
     * Compares every tensor that a candidate shares with the model it was made of, on some of the evaluation samples.
     *
     * @return by the tensor's name in {@code source}, in graph order
     * @throws UnsupportedGraphException if one of them does not run
     */
    Map<String, Closeness> compareLayers(OnnxModel source, OnnxModel candidate) throws UnsupportedGraphException;

    /**
     * @param sizeBytes of the candidate on disk
     * @param outputs how near each is to FP32
     * @param detections for a detector, average precision at an overlap of half against what FP32 finds, from 0 to 1; NaN
     *     where FP32 finds nothing
     * @param latencyMillis median time of a call
     * @param fp32LatencyMillis the same of the FP32 model, measured side by side
     */
    record Measured(
            long sizeBytes,
            Map<String, Closeness> outputs,
            OptionalDouble detections,
            double latencyMillis,
            double fp32LatencyMillis) {

        public Measured {
            outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        }
    }
}
