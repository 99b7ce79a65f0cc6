/** What the registry has, for pages: asked for with bounds on time and size, and kept for a while. */
@NullMarked
package io.plumbline.fleet.adapter.registry;

import org.jspecify.annotations.NullMarked;
