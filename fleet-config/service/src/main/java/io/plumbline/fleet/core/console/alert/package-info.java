/** What the page about alerts shows: what is open and what was, where to look, what holds alerts back, and whether anybody is told. */
@NullMarked
package io.plumbline.fleet.core.console.alert;

import org.jspecify.annotations.NullMarked;
