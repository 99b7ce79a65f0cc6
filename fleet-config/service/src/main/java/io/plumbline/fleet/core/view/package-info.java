/**
 * What has been heard from the fleet, newest first, and the one picture of it that people and the rollouts look at. All
 * of it comes from topics and is rebuilt from them after a restart.
 */
@NullMarked
package io.plumbline.fleet.core.view;

import org.jspecify.annotations.NullMarked;
