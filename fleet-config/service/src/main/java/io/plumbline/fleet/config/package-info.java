/** The service's settings, checked once at the start: what is wrong with one is said in a single line. */
@NullMarked
package io.plumbline.fleet.config;

import org.jspecify.annotations.NullMarked;
