package io.plumbline.contract.id;

/** The one rule for names: lower-case, safe in topics, file names, URLs and OCI repositories. */
final class Identifier {

    private static final int LONGEST = 63;

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
        var last = value.length() - 1;
        if (last < 0 || last >= LONGEST || !isEdge(value.charAt(0)) || !isEdge(value.charAt(last))) {
            return false;
        }
        for (int i = 1; i < last; i++) {
            var c = value.charAt(i);
            if (!isEdge(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isEdge(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
