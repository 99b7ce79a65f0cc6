/** A build that was verified and loaded, where it comes from, and the streams that run it. */
@NullMarked
package io.plumbline.gateway.core.build;

import org.jspecify.annotations.NullMarked;
