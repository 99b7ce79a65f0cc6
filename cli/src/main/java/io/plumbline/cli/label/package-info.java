/** What people know to be true of readings, from a file to the topic that the processor pairs with results. */
@NullMarked
package io.plumbline.cli.label;

import org.jspecify.annotations.NullMarked;
