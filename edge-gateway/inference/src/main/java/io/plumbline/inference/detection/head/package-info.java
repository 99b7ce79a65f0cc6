/**
 * The heads that detectors have: each knows from its paper or its published repository how the model's outputs say where
 * something is.
 */
@NullMarked
package io.plumbline.inference.detection.head;

import org.jspecify.annotations.NullMarked;
