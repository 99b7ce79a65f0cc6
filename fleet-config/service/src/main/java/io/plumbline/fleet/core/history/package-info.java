/**
 * What cohorts measured while the control plane listened: fine for what is new, coarser the older it is, and never more than so much. The
 * topic of health keeps only the newest, so it begins with every start.
 */
@NullMarked
package io.plumbline.fleet.core.history;

import org.jspecify.annotations.NullMarked;
