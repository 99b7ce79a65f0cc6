/** From a version and a recipe to a build with everything a gateway needs. */
@NullMarked
package io.plumbline.registry.core.build;

import org.jspecify.annotations.NullMarked;
