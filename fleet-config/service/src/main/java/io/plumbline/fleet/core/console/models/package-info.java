/** Models with their versions and builds side by side: what the registry has of them, how they do where they run, and what was tried. Pure. */
@NullMarked
package io.plumbline.fleet.core.console.models;

import org.jspecify.annotations.NullMarked;
