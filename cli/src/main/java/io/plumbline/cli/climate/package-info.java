/** The labelled readings that come with the product, and motes that replay them. */
@NullMarked
package io.plumbline.cli.climate;

import org.jspecify.annotations.NullMarked;
