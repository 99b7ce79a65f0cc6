/** What the page about recalibrations shows: how far each is, what gateways sent for it and what they did not, scores before and after. */
@NullMarked
package io.plumbline.fleet.core.console.recalibration;

import org.jspecify.annotations.NullMarked;
