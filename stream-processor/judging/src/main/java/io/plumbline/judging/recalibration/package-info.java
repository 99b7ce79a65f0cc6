/**
 * When to ask for a recalibration: at once for a build that was never asked about, again after a cooldown while it stays
 * stale, and never more often in a day than the budget allows.
 */
@NullMarked
package io.plumbline.judging.recalibration;

import org.jspecify.annotations.NullMarked;
