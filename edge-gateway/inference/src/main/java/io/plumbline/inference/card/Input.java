package io.plumbline.inference.card;

/** What one input of a model is made of. */
public sealed interface Input permits SensorInput, ImageInput {

    /** Name of the model's input. */
    String tensor();

    /** Shape of one input, with a first axis of 1; a fresh array. */
    long[] shape();
}
