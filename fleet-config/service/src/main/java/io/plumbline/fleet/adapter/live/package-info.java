/** Tells pages that something has changed, over server-sent events; what it is, they ask for. */
@NullMarked
package io.plumbline.fleet.adapter.live;

import org.jspecify.annotations.NullMarked;
