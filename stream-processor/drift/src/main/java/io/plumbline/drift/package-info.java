/**
 * What the merged statistics of a build on a site say about it. Statistics of a horizon go in, with what is known of the
 * model; one verdict comes out, with the facts it rests on. Every fact carries its uncertainty, and what cannot be
 * evaluated never counts as safe. Pure: no clock, no I/O, no state.
 *
 * @see io.plumbline.drift.VerdictRules
 */
@NullMarked
package io.plumbline.drift;

import org.jspecify.annotations.NullMarked;
