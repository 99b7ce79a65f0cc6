package io.plumbline.fleet.adapter.http;

import java.util.function.Function;

/** A request that says something impossible; the message names the part, the value and the rule. */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
        super(message);
    }

    BadRequest(String message, Throwable cause) {
        super(message, cause);
    }

    /** A part of the request as a validated type. */
    static <T> T unless(Function<String, T> parse, String text) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(String.valueOf(e.getMessage()), e);
        }
    }
}
