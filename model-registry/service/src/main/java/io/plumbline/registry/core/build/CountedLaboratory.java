package io.plumbline.registry.core.build;

import io.plumbline.contract.id.ModelName;
import io.plumbline.quantizer.auto.Laboratory;
import io.plumbline.quantizer.calibration.Histogram;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.quality.Closeness;
import java.util.List;
import java.util.Map;

/**
 * A laboratory each of whose runs is a piece of work, told by its place in the search. The same samples and recipes come in the same order at
 * every start. Confined to one thread.
 */
final class CountedLaboratory implements Laboratory {

    private final Laboratory laboratory;
    private final Attempts attempts;
    private final String name;
    private final ModelName model;
    private int runs;

    /** @param name that the runs are counted by */
    CountedLaboratory(Laboratory laboratory, Attempts attempts, String name, ModelName model) {
        this.laboratory = laboratory;
        this.attempts = attempts;
        this.name = name;
        this.model = model;
    }

    private interface Run<T> {
        T run() throws UnsupportedGraphException;
    }

    private <T> T counted(Run<T> run) throws UnsupportedGraphException {
        runs++;
        try {
            return attempts.at(name, "run " + runs + " of the search for " + model, () -> {
                try {
                    return run.run();
                } catch (UnsupportedGraphException e) {
                    throw new BuildException(String.valueOf(e.getMessage()), e);
                }
            });
        } catch (BuildException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean canCalibrate() {
        return laboratory.canCalibrate();
    }

    @Override
    public Map<String, Histogram> observe(OnnxModel observed, List<String> tensors) throws UnsupportedGraphException {
        return counted(() -> laboratory.observe(observed, tensors));
    }

    @Override
    public Measured measure(OnnxModel candidate) throws UnsupportedGraphException {
        return counted(() -> laboratory.measure(candidate));
    }

    @Override
    public Map<String, Closeness> compareOutputs(OnnxModel candidate) throws UnsupportedGraphException {
        return counted(() -> laboratory.compareOutputs(candidate));
    }

    @Override
    public Map<String, Closeness> compareLayers(OnnxModel source, OnnxModel candidate)
            throws UnsupportedGraphException {
        return counted(() -> laboratory.compareLayers(source, candidate));
    }
}
