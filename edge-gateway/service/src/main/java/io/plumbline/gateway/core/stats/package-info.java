/**
 * What the gateway reports of each build: counts per window of event time, from which the processor judges. Deltas add up in
 * any order, and late readings simply make a further delta for their window.
 */
@NullMarked
package io.plumbline.gateway.core.stats;

import org.jspecify.annotations.NullMarked;
