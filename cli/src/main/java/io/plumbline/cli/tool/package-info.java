/** Tools for model files, without a fleet: quantize, inspect, compare, bench. */
@NullMarked
package io.plumbline.cli.tool;

import org.jspecify.annotations.NullMarked;
