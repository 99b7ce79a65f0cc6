/** Real models with inputs of their kind. */
@NullMarked
package io.plumbline.benchmarks.models;

import org.jspecify.annotations.NullMarked;
