package io.plumbline.contract.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** An immutable row of counts, one per bin. Additive: two rows of the same length merge by adding. */
public final class Counts {

    private final long[] values;

    /**
     * @param values copied
     * @throws IllegalArgumentException if a count is negative
     */
    @JsonCreator
    public Counts(long... values) {
        this.values = values.clone();
        for (long value : this.values) {
            if (value < 0) {
                throw new IllegalArgumentException("count " + value + " must not be negative");
            }
        }
    }

    /** This many zeros. */
    public static Counts zeros(int size) {
        return new Counts(new long[size]);
    }

    public int size() {
        return values.length;
    }

    public long get(int bin) {
        return values[bin];
    }

    public long total() {
        return Arrays.stream(values).sum();
    }

    /** @throws IllegalArgumentException if the lengths differ */
    public Counts plus(Counts other) {
        if (other.values.length != values.length) {
            throw new IllegalArgumentException(
                    "counts of " + other.values.length + " bins cannot be added to counts of " + values.length);
        }
        var sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.values[i];
        }
        return new Counts(sum);
    }

    /** A copy. */
    @JsonValue
    public long[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
