/**
 * How the gateway is doing, for whoever looks: its streams, its links to the world, what waits and what happened last. Kept in
 * memory, read at any time, and without any secret.
 */
@NullMarked
package io.plumbline.gateway.core.status;

import org.jspecify.annotations.NullMarked;
