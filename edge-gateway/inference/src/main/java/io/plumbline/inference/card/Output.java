package io.plumbline.inference.card;

import java.util.List;

/** What a model answers. */
public sealed interface Output permits Classes, Detections {

    /** In the order of the model's classes. */
    List<String> labels();

    /** Names of the model's outputs that are read. */
    List<String> tensors();
}
