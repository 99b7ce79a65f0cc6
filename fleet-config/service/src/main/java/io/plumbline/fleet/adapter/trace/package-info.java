/** Takes up the traces of what the stream processor and the registry decided, for what the control plane does about it. */
@NullMarked
package io.plumbline.fleet.adapter.trace;

import org.jspecify.annotations.NullMarked;
