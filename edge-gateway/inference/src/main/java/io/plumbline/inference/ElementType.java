package io.plumbline.inference;

import ai.onnxruntime.OnnxJavaType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a model's input or output is made of. Tensors hold float32 all the same: whole numbers up to 2^24 are exact in it,
 * and a value that an element type cannot hold is refused.
 */
public enum ElementType {
    FLOAT32("float", Float.BYTES, OnnxJavaType.FLOAT),
    FLOAT64("double", Double.BYTES, OnnxJavaType.DOUBLE),
    INT64("int64", Long.BYTES, OnnxJavaType.INT64),
    INT32("int32", Integer.BYTES, OnnxJavaType.INT32),
    INT8("int8", Byte.BYTES, OnnxJavaType.INT8),
    UINT8("uint8", Byte.BYTES, OnnxJavaType.UINT8),
    BOOL("bool", Byte.BYTES, OnnxJavaType.BOOL);

    private final String name;
    private final int size;
    private final OnnxJavaType java;

    ElementType(String name, int size, OnnxJavaType java) {
        this.name = name;
        this.size = size;
        this.java = java;
    }

    /** As ONNX names it, in lower case: {@code float}, {@code int64} and so on. */
    public String onnxName() {
        return name;
    }

    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /** The type of that ONNX name; empty if it is none of these. */
    static Optional<ElementType> named(String onnxName) {
        return Arrays.stream(values())
                .filter(type -> type.name.equals(onnxName))
                .findFirst();
    }

    /** Of one element. */
    int bytes() {
        return size;
    }

    OnnxJavaType javaType() {
        return java;
    }

    /**
     * @param index in elements
     * @throws IllegalArgumentException if this type cannot hold the value
     */
    void put(ByteBuffer target, int index, float value) {
        switch (this) {
            case FLOAT32 -> target.putFloat(index * size, value);
            case FLOAT64 -> target.putDouble(index * size, value);
            case INT64 -> target.putLong(index * size, whole(value, Long.MIN_VALUE, Long.MAX_VALUE));
            case INT32 -> target.putInt(index * size, (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case INT8 -> target.put(index, (byte) whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> target.put(index, (byte) whole(value, 0, 255));
            case BOOL -> target.put(index, (byte) whole(value, 0, 1));
        }
    }

    float get(ByteBuffer source, int index) {
        return switch (this) {
            case FLOAT32 -> source.getFloat(index * size);
            case FLOAT64 -> (float) source.getDouble(index * size);
            case INT64 -> source.getLong(index * size);
            case INT32 -> source.getInt(index * size);
            case INT8 -> source.get(index);
            case UINT8, BOOL -> source.get(index) & 0xFF;
        };
    }

    private long whole(float value, long smallest, long largest) {
        var number = (long) value;
        if (number != value || number < smallest || number > largest) {
            throw new IllegalArgumentException("value " + value + " does not fit element type " + name);
        }
        return number;
    }
}
