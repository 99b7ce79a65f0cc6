/** Model files that a person named, and what to say when one is no good. */
@NullMarked
package io.plumbline.cli.lab;

import org.jspecify.annotations.NullMarked;
