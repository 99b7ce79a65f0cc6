/**
 * What the processor says of the sites: which verdicts speak against a recalibration, and what the sites read now.
 */
@NullMarked
package io.plumbline.registry.core.health;

import org.jspecify.annotations.NullMarked;
