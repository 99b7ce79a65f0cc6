/** What becomes of a candidate that was let through: it is offered to the control plane, which rolls it out or does not. */
@NullMarked
package io.plumbline.registry.core.offer;

import org.jspecify.annotations.NullMarked;
