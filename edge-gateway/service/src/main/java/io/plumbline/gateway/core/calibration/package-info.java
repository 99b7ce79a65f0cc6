/**
 * This site's part in a recalibration: the registry sends tasks, the gateway runs them on its own windows and answers with
 * histograms and scores. No reading leaves the site.
 */
@NullMarked
package io.plumbline.gateway.core.calibration;

import org.jspecify.annotations.NullMarked;
