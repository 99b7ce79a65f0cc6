/**
 * The processor's counts as Micrometer meters.
 */
@NullMarked
package io.plumbline.processor.adapter.metrics;

import org.jspecify.annotations.NullMarked;
