/** The registry that gateways pull from in place of this one, and the thread that carries builds there. */
@NullMarked
package io.plumbline.registry.adapter.peer;

import org.jspecify.annotations.NullMarked;
