/**
 * The console: pages that are whole when they leave the server. A page is a resource here, a {@link Place} in the navigation and a template
 * in {@code templates/console}; the shell's script keeps it up to date by asking for it again and changing what has changed.
 */
@NullMarked
package io.plumbline.fleet.adapter.page;

import org.jspecify.annotations.NullMarked;
