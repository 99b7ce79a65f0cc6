/** What is kept over a restart so that it need not be read out of the outbox again: the memory, and the windows of the reservoirs. */
@NullMarked
package io.plumbline.gateway.core.snapshot;

import org.jspecify.annotations.NullMarked;
