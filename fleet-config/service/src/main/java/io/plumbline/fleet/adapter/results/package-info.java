/** Listens to the results only while somebody looks at them. */
@NullMarked
package io.plumbline.fleet.adapter.results;

import org.jspecify.annotations.NullMarked;
