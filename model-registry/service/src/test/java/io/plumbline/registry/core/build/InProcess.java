package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.model.ModelBytes;

/** No sandbox, for models that are known. */
public final class InProcess implements Sandbox {

    @Override
    public SelfTest run(ModelBytes onnx, SelfTest questions) throws BuildException {
        try {
            return SelfTests.answers(onnx, questions);
        } catch (ModelLoadException | InferenceException | IllegalArgumentException e) {
            throw new BuildException(String.valueOf(e.getMessage()), e);
        }
    }
}
