package io.plumbline.drift.sequential;

/**
 * Where a difference lies.
 *
 * @param lower at most upper; may be minus infinity, where nothing is known
 */
public record Confidence(double lower, double upper) {

    static final Confidence UNKNOWN = new Confidence(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
}
