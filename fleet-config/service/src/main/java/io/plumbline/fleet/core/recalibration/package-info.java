/** What was heard of recalibrations, and what left the sites for them. */
@NullMarked
package io.plumbline.fleet.core.recalibration;

import org.jspecify.annotations.NullMarked;
