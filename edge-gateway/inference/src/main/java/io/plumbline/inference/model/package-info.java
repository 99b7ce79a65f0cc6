/** A build as gateways run it: INT8 that answers, FP32 that observes, and what the two say about each other. */
@NullMarked
package io.plumbline.inference.model;

import org.jspecify.annotations.NullMarked;
