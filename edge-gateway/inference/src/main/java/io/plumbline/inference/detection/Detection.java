package io.plumbline.inference.detection;

/**
 * One thing that was found.
 *
 * @param label index of its class
 * @param score from 0 to 1
 */
public record Detection(int label, double score, Box box) {}
