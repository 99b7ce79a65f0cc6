/** What has changed since somebody last looked, as a number for each part of the picture: nothing is queued, so nothing can overflow. */
@NullMarked
package io.plumbline.fleet.core.live;

import org.jspecify.annotations.NullMarked;
