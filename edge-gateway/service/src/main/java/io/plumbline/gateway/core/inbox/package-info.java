/**
 * Where messages wait between the threads that bring them and the one that answers them.
 */
@NullMarked
package io.plumbline.gateway.core.inbox;

import org.jspecify.annotations.NullMarked;
