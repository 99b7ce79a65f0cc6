package io.plumbline.quantizer.onnx.reading;

import io.plumbline.quantizer.onnx.MalformedModelException;

/**
 * Counts the fields of a message before objects are made of them: a few bytes can ask for an object each, so that a small
 * file could fill a large heap. Bytes that are no message are left for the parser, which says where they break.
 */
final class WireBudget {

    private static final long MAX_FIELDS = 2_000_000;
    private static final int BYTES_PER_FURTHER_FIELD = 64;
    private static final int MAX_DEPTH = 64;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private static final int GRAPH_IN_MODEL = 7;
    private static final int NODE_IN_GRAPH = 1;
    private static final int ATTRIBUTE_IN_NODE = 5;
    private static final int GRAPH_IN_ATTRIBUTE = 6;
    private static final int GRAPHS_IN_ATTRIBUTE = 11;

    private final byte[] bytes;
    private int at;
    private long left;

    private WireBudget(byte[] bytes) {
        this.bytes = bytes;
        this.left = MAX_FIELDS + bytes.length / BYTES_PER_FURTHER_FIELD;
    }

    /** @throws MalformedModelException if the bytes hold more fields than any real model of their size */
    static void check(byte[] bytes) throws MalformedModelException {
        new WireBudget(bytes).count(Kind.MODEL, bytes.length, 0);
    }

    /** Messages that hold messages without end. Others are counted as a run of fields. */
    private enum Kind {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        OTHER;

        Kind of(int field) {
            return switch (this) {
                case MODEL -> field == GRAPH_IN_MODEL ? GRAPH : OTHER;
                case GRAPH -> field == NODE_IN_GRAPH ? NODE : OTHER;
                case NODE -> field == ATTRIBUTE_IN_NODE ? ATTRIBUTE : OTHER;
                case ATTRIBUTE -> field == GRAPH_IN_ATTRIBUTE || field == GRAPHS_IN_ATTRIBUTE ? GRAPH : OTHER;
                case OTHER -> OTHER;
            };
        }
    }

    private boolean count(Kind kind, int end, int depth) throws MalformedModelException {
        while (at < end) {
            if (--left < 0) {
                throw new MalformedModelException(
                        "at byte " + at + " of " + bytes.length + ": more fields than a model of this size can need");
            }
            var tag = varint(end);
            if (tag < 0 || !skip(kind, (int) tag, end, depth)) {
                return false;
            }
        }
        return true;
    }

    /** @return whether the field ends within the message */
    private boolean skip(Kind kind, int tag, int end, int depth) throws MalformedModelException {
        switch (tag & 7) {
            case VARINT -> {
                return varint(end) >= 0;
            }
            case FIXED64 -> {
                return advance(Long.BYTES, end);
            }
            case FIXED32 -> {
                return advance(Integer.BYTES, end);
            }
            case LENGTH -> {
                var length = varint(end);
                var inner = kind.of(tag >>> 3);
                if (length < 0 || length > end - at) {
                    return false;
                }
                return (inner == Kind.OTHER || depth == MAX_DEPTH)
                        ? advance((int) length, end)
                        : count(inner, at + (int) length, depth + 1);
            }
            default -> {
                return false;
            }
        }
    }

    private boolean advance(int length, int end) {
        if (length > end - at) {
            return false;
        }
        at += length;
        return true;
    }

    /** The low 63 bits; -1 if it does not end. */
    private long varint(int end) {
        long value = 0;
        for (int shift = 0; shift < 70 && at < end; shift += 7) {
            var part = bytes[at++];
            value |= shift < 63 ? (long) (part & 0x7f) << shift : 0;
            if (part >= 0) {
                return value & Long.MAX_VALUE;
            }
        }
        return -1;
    }
}
