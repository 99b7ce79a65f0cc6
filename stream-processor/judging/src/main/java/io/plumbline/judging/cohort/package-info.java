/**
 * The health of a cohort, that is one build of one model on one site: deltas are merged into windows of event time, the
 * trailing horizon of windows is judged, and a verdict changes once enough complete windows in a row say the same.
 */
@NullMarked
package io.plumbline.judging.cohort;

import org.jspecify.annotations.NullMarked;
