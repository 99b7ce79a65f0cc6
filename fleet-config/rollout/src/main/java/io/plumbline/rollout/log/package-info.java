/**
 * What was decided, from what, and by which rules: with it every decision can be made again, bit for bit, long after.
 */
@NullMarked
package io.plumbline.rollout.log;

import org.jspecify.annotations.NullMarked;
