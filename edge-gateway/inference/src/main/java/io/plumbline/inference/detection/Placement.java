package io.plumbline.inference.detection;

/**
 * Where an image lies in the model's input, in shares of the input's width and height.
 *
 * @param width greater than 0
 * @param height greater than 0
 */
public record Placement(double left, double top, double width, double height) {

    /** The image fills the input. */
    public static final Placement WHOLE = new Placement(0, 0, 1, 1);

    /** From shares of the input to shares of the image. */
    public Box undo(Box box) {
        return new Box(
                (box.left() - left) / width,
                (box.top() - top) / height,
                (box.right() - left) / width,
                (box.bottom() - top) / height);
    }
}
