/**
 * Camera frames: from a JPEG or PNG to a reading with the picture that the model looks at, the next one while the model answers
 * the last.
 */
@NullMarked
package io.plumbline.gateway.core.frame;

import org.jspecify.annotations.NullMarked;
