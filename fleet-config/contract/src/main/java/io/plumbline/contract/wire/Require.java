package io.plumbline.contract.wire;

import java.util.function.Supplier;

/** Checks of record components; a message names field, value and rule. */
public final class Require {

    private Require() {}

    public static void notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " " + value + " must not be negative");
        }
    }

    public static void notEmpty(String field, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
    }

    /** A share, rate or probability. */
    public static void ratio(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(field + " " + value + " must be between 0 and 1");
        }
    }

    public static void that(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Turns a broken rule of a record into a statement about the message that carried it. */
    public static <T> T wellFormed(String type, Supplier<T> build) {
        try {
            return build.get();
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(type + ": " + e.getMessage(), e);
        }
    }
}
