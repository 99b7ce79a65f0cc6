package io.plumbline.fleet.core.console.drift;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;

/** Edges of bins as people write them: three digits, all before the point, and more where two would read the same. Pure. */
final class Edges {

    private static final int FEWEST_DIGITS = 3;
    /** More a double has not. */
    private static final int MOST_DIGITS = 17;
    /** Beyond so many characters a number is written with an exponent. */
    private static final int LONGEST = 12;

    private Edges() {}

    static List<String> inWords(List<Double> edges) {
        var words = List.<String>of();
        for (int digits = FEWEST_DIGITS; digits <= MOST_DIGITS; digits++) {
            var least = digits;
            words = edges.stream().map(edge -> word(edge, least)).toList();
            if (new HashSet<>(words).size() == words.size()) {
                return words;
            }
        }
        return words;
    }

    /** Which values are in a bin. */
    static String range(List<String> edges, int bin) {
        if (edges.isEmpty()) {
            return "all values";
        }
        if (bin == 0) {
            return "below " + edges.get(0);
        }
        return bin == edges.size()
                ? edges.get(bin - 1) + " or more"
                : edges.get(bin - 1) + " to below " + edges.get(bin);
    }

    private static String word(double edge, int digits) {
        var exact = new BigDecimal(edge);
        var whole = exact.precision() - exact.scale();
        var kept = whole <= LONGEST ? Math.max(digits, whole) : digits;
        var rounded = exact.round(new MathContext(kept, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        var plain = rounded.toPlainString();
        return plain.length() <= LONGEST ? plain : rounded.toString();
    }
}
