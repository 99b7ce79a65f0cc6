package io.plumbline.gateway.core.reading;

/**
 * One value of a reading.
 *
 * @param min smallest value that is physically possible
 * @param max largest value that is physically possible
 */
public record Field(String name, double min, double max) {}
