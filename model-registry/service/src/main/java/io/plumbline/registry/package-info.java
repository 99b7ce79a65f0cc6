/** The model registry: OCI artifacts, builds made of them, and recalibration without moving data. */
@NullMarked
package io.plumbline.registry;

import org.jspecify.annotations.NullMarked;
