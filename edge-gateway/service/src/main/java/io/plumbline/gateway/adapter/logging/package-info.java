/** Saying trouble that lasts without filling the log. */
@NullMarked
package io.plumbline.gateway.adapter.logging;

import org.jspecify.annotations.NullMarked;
