/** A real browser, and what a person with or without good eyes would find wrong with a page in it. */
@NullMarked
package io.plumbline.browser;

import org.jspecify.annotations.NullMarked;
