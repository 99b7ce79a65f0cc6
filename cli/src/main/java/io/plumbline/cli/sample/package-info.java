/** Inputs of a model from files: what it is calibrated, compared and measured on. */
@NullMarked
package io.plumbline.cli.sample;

import org.jspecify.annotations.NullMarked;
