package io.plumbline.gateway.core.reading;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Placement;

/**
 * A decoded camera frame.
 *
 * @param tensor the model's input; changes when the next frame is decoded
 * @param placement where the frame lies in it
 * @param width of the frame, in pixels
 * @param height of the frame, in pixels
 * @param bytes of the payload
 */
public record Picture(Tensor tensor, Placement placement, int width, int height, int bytes) {}
