/**
 * Predictions and the truth about them meet by event id, whichever comes first, however often each comes.
 */
@NullMarked
package io.plumbline.processor.core.label;

import org.jspecify.annotations.NullMarked;
