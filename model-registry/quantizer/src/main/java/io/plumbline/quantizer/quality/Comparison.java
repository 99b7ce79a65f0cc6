package io.plumbline.quantizer.quality;

/**
 * Compares one tensor of a candidate with the reference's, sample by sample, in constant memory. Confined to one thread.
 *
 * <p>SQNR is 10 log10(&Sigma;x&sup2; / &Sigma;(x - y)&sup2;) over everything seen, which is 20 log10(|x| / |x - y|) with Euclidean norms.
 */
public final class Comparison {

    private long samples;
    private long rows;
    private long agreed;
    private double cosineSum;
    private double cosineMin = Double.POSITIVE_INFINITY;
    private double signal;
    private double noise;
    private double largest;

    /**
     * @param reference in row-major order
     * @param candidate as many values as the reference
     * @param rowLength size of the last axis, which the largest element is looked for along
     * @throws IllegalArgumentException if the sizes differ
     */
    public void add(float[] reference, float[] candidate, int rowLength) {
        if (reference.length != candidate.length) {
            throw new IllegalArgumentException(
                    "the reference has " + reference.length + " values, the candidate " + candidate.length);
        }
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < reference.length; i++) {
            double x = reference[i];
            double y = candidate[i];
            xx += x * x;
            yy += y * y;
            xy += x * y;
            noise += (x - y) * (x - y);
            largest = Math.max(largest, Math.abs(x - y));
        }
        signal += xx;
        var cosine = xx == 0 && yy == 0 ? 1 : xx == 0 || yy == 0 ? 0 : xy / (Math.sqrt(xx) * Math.sqrt(yy));
        cosineSum += cosine;
        cosineMin = Math.min(cosineMin, cosine);
        samples++;
        if (rowLength >= 2) {
            countRows(reference, candidate, rowLength);
        }
    }

    private void countRows(float[] reference, float[] candidate, int rowLength) {
        for (int start = 0; start + rowLength <= reference.length; start += rowLength) {
            rows++;
            if (largest(reference, start, rowLength) == largest(candidate, start, rowLength)) {
                agreed++;
            }
        }
    }

    private static int largest(float[] values, int start, int length) {
        var best = start;
        for (int i = start + 1; i < start + length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    public Closeness result() {
        if (samples == 0) {
            return new Closeness(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        return new Closeness(
                samples,
                rows == 0 ? Double.NaN : (double) agreed / rows,
                cosineSum / samples,
                cosineMin,
                noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise),
                largest);
    }
}
