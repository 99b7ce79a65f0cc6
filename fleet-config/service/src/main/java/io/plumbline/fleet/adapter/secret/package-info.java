/** Secrets, which the fleet file only points to. */
@NullMarked
package io.plumbline.fleet.adapter.secret;

import org.jspecify.annotations.NullMarked;
