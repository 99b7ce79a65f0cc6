package io.plumbline.inference.model;

/** The bytes of an ONNX file, not to be changed by anyone who holds them. */
public final class ModelBytes {

    private final byte[] bytes;

    private ModelBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param bytes not copied: models are large */
    public static ModelBytes of(byte[] bytes) {
        return new ModelBytes(bytes);
    }

    /** Not a copy. */
    public byte[] get() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }
}
