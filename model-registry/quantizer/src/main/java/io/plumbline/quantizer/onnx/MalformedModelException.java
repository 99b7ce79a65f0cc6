package io.plumbline.quantizer.onnx;

/** The bytes are no ONNX model. */
public final class MalformedModelException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedModelException(String message) {
        super(message);
    }

    public MalformedModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
