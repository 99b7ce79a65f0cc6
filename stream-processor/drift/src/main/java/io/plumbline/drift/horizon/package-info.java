/** What verdicts look at: the statistics of a horizon, window by window and together. */
@NullMarked
package io.plumbline.drift.horizon;

import org.jspecify.annotations.NullMarked;
