/** Who did what to the fleet, when and why, from everything that keeps it. */
@NullMarked
package io.plumbline.fleet.core.console.audit;

import org.jspecify.annotations.NullMarked;
