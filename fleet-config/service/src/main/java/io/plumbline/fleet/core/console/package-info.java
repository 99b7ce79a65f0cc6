/**
 * What the pages of the console show, put together from what was decided and what was heard: the worst first, in plain words, and never
 * more than one page of it. Pure; the templates only set it in type.
 */
@NullMarked
package io.plumbline.fleet.core.console;

import org.jspecify.annotations.NullMarked;
