/** Line charts as drawings that need no script: lines, limits, bands and marks in the coordinates of one picture, and the same in a table. */
@NullMarked
package io.plumbline.fleet.core.console.chart;

import org.jspecify.annotations.NullMarked;
