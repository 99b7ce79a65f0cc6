/** Frames that operators may see, where the owner of a stream allows it: now and then one of each camera, and of those only the newest. */
@NullMarked
package io.plumbline.gateway.core.glimpse;

import org.jspecify.annotations.NullMarked;
