/** Recalibrations of the registry: asked for by hand, followed, listed, cancelled. */
@NullMarked
package io.plumbline.cli.recalibration;

import org.jspecify.annotations.NullMarked;
