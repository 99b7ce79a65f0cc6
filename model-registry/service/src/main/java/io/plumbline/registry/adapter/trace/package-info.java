/** Goes on in the trace of a request: what gateways are asked for, and what comes of it. */
@NullMarked
package io.plumbline.registry.adapter.trace;

import org.jspecify.annotations.NullMarked;
