/**
 * Who may come into the fleet without being named in its file. An invitation is a token that works once; whoever shows it becomes a
 * member, known from then on by a secret of its own. Of tokens and secrets only digests are kept: both are 256 random bits, which
 * nobody can guess from those. Decisions are pure.
 */
@NullMarked
package io.plumbline.fleet.core.enrolment;

import org.jspecify.annotations.NullMarked;
