/**
 * The registry's own figures for Prometheus. What each means and what to do about it is in {@code docs/metrics.md}, which a test keeps equal to
 * the names in this package.
 */
@NullMarked
package io.plumbline.registry.adapter.metrics;

import org.jspecify.annotations.NullMarked;
