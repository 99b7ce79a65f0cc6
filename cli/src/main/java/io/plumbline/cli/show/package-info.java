/** What a person sees in a terminal while something runs. */
@NullMarked
package io.plumbline.cli.show;

import org.jspecify.annotations.NullMarked;
