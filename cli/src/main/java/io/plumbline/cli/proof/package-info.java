/** An account of every reading and a harness that scores builds, both apart from what the product says of itself. */
@NullMarked
package io.plumbline.cli.proof;

import org.jspecify.annotations.NullMarked;
