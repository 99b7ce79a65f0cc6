/**
 * The control plane over HTTP: the gateway asks for its desired state, nobody tells it.
 */
@NullMarked
package io.plumbline.gateway.adapter.fleet;

import org.jspecify.annotations.NullMarked;
