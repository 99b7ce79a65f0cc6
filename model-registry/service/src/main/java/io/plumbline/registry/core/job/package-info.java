/**
 * Recalibrations as jobs that outlive the process: every state is stored before anything is done about it, and a start takes up
 * what a stored state asks for.
 */
@NullMarked
package io.plumbline.registry.core.job;

import org.jspecify.annotations.NullMarked;
