/** Parts that the gateway's tests share. */
@NullMarked
package io.plumbline.gateway.testing;

import org.jspecify.annotations.NullMarked;
