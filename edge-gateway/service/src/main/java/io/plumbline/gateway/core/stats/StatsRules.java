package io.plumbline.gateway.core.stats;

import java.time.Duration;

/**
 * When counts are sent.
 *
 * @param grace event time that a window stays open after its end, for devices that are a little behind
 * @param hold wall-clock time that counts are collected at least, so that a burst of late readings makes one delta
 * @param maxOpen windows kept open at most
 */
public record StatsRules(Duration grace, Duration hold, int maxOpen) {}
