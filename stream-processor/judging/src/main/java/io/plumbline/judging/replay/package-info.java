/**
 * The past once more, through the same desks as in the processor: one verdict judged again from the log, number by number, or
 * all of it under a policy that somebody proposes.
 */
@NullMarked
package io.plumbline.judging.replay;

import org.jspecify.annotations.NullMarked;
