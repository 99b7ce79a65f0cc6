package io.plumbline.fleet.core.control;

import io.plumbline.contract.wire.Require;

/**
 * Who changed something, and why.
 *
 * @param author at most 200 characters; empty if nobody said
 * @param reason at most 1,000 characters; empty if nobody said
 */
public record Authorship(String author, String reason) {

    public static final Authorship NOT_SAID = new Authorship("", "");

    private static final int LONGEST_AUTHOR = 200;
    private static final int LONGEST_REASON = 1000;

    public Authorship {
        Require.that(
                author.length() <= LONGEST_AUTHOR,
                "author has " + author.length() + " characters; at most 200 are allowed");
        Require.that(
                reason.length() <= LONGEST_REASON,
                "reason has " + reason.length() + " characters; at most 1000 are allowed");
    }
}
