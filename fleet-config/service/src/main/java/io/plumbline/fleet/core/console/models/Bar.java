package io.plumbline.fleet.core.console.models;

/**
 * A number with the length of its bar.
 *
 * @param percent length of the bar, of 100
 * @param words the number
 * @param beyond whether it is worse than it may be
 */
public record Bar(String name, String percent, String words, boolean beyond) {}
