package io.plumbline.quantizer.quality;

/**
 * How near one tensor of a candidate is to the reference's, over all samples.
 *
 * @param samples compared; 0 makes every other figure NaN
 * @param agreement share of rows whose largest element is the same; NaN where rows have fewer than two elements
 * @param cosineMean mean over the samples of the cosine between the whole tensors; two tensors of zeros count as 1
 * @param cosineMin smallest of them
 * @param sqnrDb signal to quantization noise in dB over the concatenation of all samples; infinite if nothing differs
 * @param largestDifference of any element
 */
public record Closeness(
        long samples, double agreement, double cosineMean, double cosineMin, double sqnrDb, double largestDifference) {}
