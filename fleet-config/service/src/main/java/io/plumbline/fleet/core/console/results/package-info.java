/** The latest results of streams, as strips: a bounded number of streams, of devices of each, and of results of each. */
@NullMarked
package io.plumbline.fleet.core.console.results;

import org.jspecify.annotations.NullMarked;
