/** The control topics: what is heard goes into the observations, what is decided is announced. */
@NullMarked
package io.plumbline.fleet.adapter.kafka;

import org.jspecify.annotations.NullMarked;
