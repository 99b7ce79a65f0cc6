package io.plumbline.inference.detection.head;

/**
 * What every head knows of its model.
 *
 * @param width of the model's input in pixels
 * @param height of the model's input in pixels
 * @param classes that the card names, without a background
 */
public record Frame(int width, int height, int classes) {}
