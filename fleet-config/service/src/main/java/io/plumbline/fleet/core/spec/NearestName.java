package io.plumbline.fleet.core.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a mistyped one was probably meant to be. */
public final class NearestName {

    private static final int MAX_EDITS = 3;

    private NearestName() {}

    /**
     * The candidate with the smallest Levenshtein distance, if that is at most three edits and less than half of the
     * word.
     */
    public static Optional<String> of(String word, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(candidate -> {
                    var edits = distance(word, candidate);
                    return edits <= MAX_EDITS && 2 * edits < Math.max(word.length(), 2);
                });
    }

    /** Insertions, deletions and replacements that turn one word into the other; two rows of the classic table. */
    static int distance(String from, String to) {
        var previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            var row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                var replace = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[to.length()];
    }
}
