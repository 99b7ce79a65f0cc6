/**
 * Rollouts from the command line: started, watched, held, approved, ended, and explained. An explanation decides again in this
 * process from what the control plane wrote down; that this is what it knew then is its own word.
 */
@NullMarked
package io.plumbline.cli.rollout;

import org.jspecify.annotations.NullMarked;
