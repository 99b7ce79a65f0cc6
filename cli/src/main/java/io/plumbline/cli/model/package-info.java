/** Models in the registry: handed over and fetched, what was made of what, and where builds run and ran. */
@NullMarked
package io.plumbline.cli.model;

import org.jspecify.annotations.NullMarked;
