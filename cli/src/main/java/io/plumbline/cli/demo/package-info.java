/** The loop, closed in front of a person and proved by an account of every reading. */
@NullMarked
package io.plumbline.cli.demo;

import org.jspecify.annotations.NullMarked;
