package io.plumbline.drift.detector;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest values of a stream in buckets of 1, 2, 4, ... values, at most {@value #BUCKETS} of each size, the larger ones
 * older. Sums and variances are exact; only where the window can be cut is coarse.
 */
final class ExponentialHistogram {

    private static final int BUCKETS = 5;

    /** Of each size, newest first. */
    private final List<ArrayDeque<Bucket>> sizes = new ArrayList<>();

    private long count;
    private double sum;
    private double squares;

    /** @param squares sum of squared differences from the mean */
    private record Bucket(long count, double sum, double squares) {

        private Bucket plus(Bucket other) {
            return new Bucket(
                    count + other.count,
                    sum + other.sum,
                    squares + other.squares + between(count, sum, other.count, other.sum));
        }
    }

    /** What two parts add to the squares by having different means. */
    private static double between(long n, double sum, long m, double other) {
        var difference = sum / n - other / m;
        return (double) n * m / (n + m) * difference * difference;
    }

    /** An older part of the window. */
    interface Split {

        boolean test(long count, double sum);
    }

    void add(double value) {
        squares += count == 0 ? 0 : between(count, sum, 1, value);
        sum += value;
        count++;
        push(0, new Bucket(1, value, 0));
    }

    private void push(int size, Bucket bucket) {
        if (size == sizes.size()) {
            sizes.add(new ArrayDeque<>());
        }
        var buckets = sizes.get(size);
        buckets.addFirst(bucket);
        if (buckets.size() > BUCKETS) {
            var oldest = buckets.removeLast();
            push(size + 1, buckets.removeLast().plus(oldest));
        }
    }

    void dropOldest() {
        var buckets = sizes.get(sizes.size() - 1);
        var oldest = buckets.removeLast();
        if (buckets.isEmpty()) {
            sizes.remove(sizes.size() - 1);
        }
        count -= oldest.count;
        sum -= oldest.sum;
        squares -= oldest.squares + (count == 0 ? 0 : between(count, sum, oldest.count, oldest.sum));
    }

    long count() {
        return count;
    }

    double sum() {
        return sum;
    }

    /** Of the values, with n in the denominator; not negative. */
    double variance() {
        return Math.max(0, squares / count);
    }

    /** Whether one of the older parts that bucket borders allow is such. */
    boolean anySplit(Split split) {
        var older = 0L;
        var olderSum = 0.0;
        for (int size = sizes.size() - 1; size >= 0; size--) {
            var oldestFirst = sizes.get(size).descendingIterator();
            while (oldestFirst.hasNext()) {
                var bucket = oldestFirst.next();
                older += bucket.count;
                olderSum += bucket.sum;
                if (split.test(older, olderSum)) {
                    return true;
                }
            }
        }
        return false;
    }
}
