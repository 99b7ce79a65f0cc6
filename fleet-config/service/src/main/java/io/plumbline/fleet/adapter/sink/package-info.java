/** Where alerts are told: one sink per kind of place, and the post office that keeps a courier with a thread of its own for each. */
@NullMarked
package io.plumbline.fleet.adapter.sink;

import org.jspecify.annotations.NullMarked;
