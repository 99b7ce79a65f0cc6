/** Manifests and the rules of an OCI registry, apart from HTTP and disk. */
@NullMarked
package io.plumbline.registry.core.oci;

import org.jspecify.annotations.NullMarked;
