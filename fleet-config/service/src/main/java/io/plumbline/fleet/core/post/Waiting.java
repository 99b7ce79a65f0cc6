package io.plumbline.fleet.core.post;

import java.time.Instant;

/**
 * A letter that has been stored and not delivered.
 *
 * @param number its identity in the store
 * @param written when the oldest news in it was written
 * @param attempts how often it was tried to deliver it as it is
 */
public record Waiting(long number, Letter letter, Instant written, int attempts) {}
