/**
 * What the gateway counts, as Micrometer meters for Prometheus, and as log lines where a person should look.
 */
@NullMarked
package io.plumbline.gateway.adapter.metrics;

import org.jspecify.annotations.NullMarked;
