package io.plumbline.contract.id;

import java.util.regex.Pattern;

/** The one rule for names: lower-case, safe in topics, file names, URLs and OCI repositories. */
final class Identifier {

    private static final Pattern RULE = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?");

    private Identifier() {}

    static String require(String kind, String value) {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    kind + " '" + value
                            + "' must be 1 to 63 characters of a-z, 0-9, '.', '_', '-', starting and ending with a letter or digit");
        }
        return value;
    }

    static boolean isValid(String value) {
        return RULE.matcher(value).matches();
    }
}
