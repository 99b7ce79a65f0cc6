package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.model.ModelBytes;

/** A build before it has a manifest. */
public record BuiltModel(BuildCard card, ModelBytes onnx, ModelBytes observed, SelfTest selfTest) {}
