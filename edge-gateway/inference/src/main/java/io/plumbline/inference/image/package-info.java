/**
 * From a JPEG or PNG to the tensor that a card asks for: decoded, resized, normalised. Made to be used again, image after
 * image, on one thread.
 */
@NullMarked
package io.plumbline.inference.image;

import org.jspecify.annotations.NullMarked;
