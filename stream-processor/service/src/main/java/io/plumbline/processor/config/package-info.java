/**
 * The processor's product properties, read once at the start and checked before anything else begins. A broken one ends the
 * start with one line that names the property, the value and the rule.
 */
@NullMarked
package io.plumbline.processor.config;

import org.jspecify.annotations.NullMarked;
