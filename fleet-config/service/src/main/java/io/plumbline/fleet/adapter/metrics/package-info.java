/** The service's own figures for Prometheus. */
@NullMarked
package io.plumbline.fleet.adapter.metrics;

import org.jspecify.annotations.NullMarked;
