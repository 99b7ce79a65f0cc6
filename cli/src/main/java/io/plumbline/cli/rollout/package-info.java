/**
 * Rollouts from the command line: started, watched, held, approved, ended, and explained. An explanation decides again in this
 * process, from what the control plane wrote down, so that nobody vouches for himself.
 */
@NullMarked
package io.plumbline.cli.rollout;

import org.jspecify.annotations.NullMarked;
