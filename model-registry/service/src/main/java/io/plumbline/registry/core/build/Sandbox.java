package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.model.ModelBytes;

/**
 * Runs a model where it can harm nobody: one that crashes the runtime, or takes all memory or time, takes nothing with it.
 * Thread-safe.
 */
public interface Sandbox {

    /**
     * Loads the model and answers every question.
     *
     * @param questions cases without outputs
     * @return the same cases with outputs
     * @throws BuildException if it does not load, fails on a case, crashes, or needs more than it may have
     */
    SelfTest run(ModelBytes onnx, SelfTest questions) throws BuildException;
}
