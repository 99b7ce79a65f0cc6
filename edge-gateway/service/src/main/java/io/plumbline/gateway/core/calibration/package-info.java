/**
 * This site's part in a recalibration: the registry sends tasks, the gateway runs them on its own windows and answers with
 * histograms and scores. No reading leaves the site, but of a stream whose owner
 * lets samples of it be given, when a person asks for them.
 */
@NullMarked
package io.plumbline.gateway.core.calibration;

import org.jspecify.annotations.NullMarked;
