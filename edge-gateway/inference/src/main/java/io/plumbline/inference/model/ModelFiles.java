package io.plumbline.inference.model;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.card.ModelCard;

/**
 * The verified content of a build.
 *
 * @param onnx the model that answers
 * @param observed FP32 with the activations of {@code build.ranges()} as further outputs
 */
public record ModelFiles(
        BuildCard build,
        ModelBytes onnx,
        ModelBytes observed,
        ModelCard card,
        ReferenceProfile profile,
        SelfTest selfTest) {}
