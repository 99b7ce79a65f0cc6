package io.plumbline.quantizer.onnx;

/** A valid model that a recipe does not cover; names the node and the reason. */
public final class UnsupportedGraphException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnsupportedGraphException(String message) {
        super(message);
    }

    /** @param node as {@link Nodes#describe} names it */
    public static UnsupportedGraphException at(String node, String because) {
        return new UnsupportedGraphException(node + ": " + because);
    }
}
