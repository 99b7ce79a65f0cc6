/**
 * The one place where the fleet changes: a fleet file is applied, a rollout starts, moves or ends. Every change is one
 * transaction of the store and only then becomes visible.
 */
@NullMarked
package io.plumbline.fleet.core.control;

import org.jspecify.annotations.NullMarked;
