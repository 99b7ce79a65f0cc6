/** The model card: everything a gateway needs to turn a reading or an image into a tensor and a tensor into a prediction. */
@NullMarked
package io.plumbline.inference.card;

import org.jspecify.annotations.NullMarked;
