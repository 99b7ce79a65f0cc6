/**
 * Predictions and the truth about them meet by event id, whichever comes first, however often each comes.
 */
@NullMarked
package io.plumbline.judging.label;

import org.jspecify.annotations.NullMarked;
