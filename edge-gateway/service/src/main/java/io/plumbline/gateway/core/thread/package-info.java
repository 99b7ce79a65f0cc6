/**
 * Threads that work beside the pipeline's, each with a name that a thread dump shows.
 */
@NullMarked
package io.plumbline.gateway.core.thread;

import org.jspecify.annotations.NullMarked;
