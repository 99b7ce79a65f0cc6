/** The OCI image layout on disk: the truth that survives everything else. */
@NullMarked
package io.plumbline.registry.adapter.disk;

import org.jspecify.annotations.NullMarked;
