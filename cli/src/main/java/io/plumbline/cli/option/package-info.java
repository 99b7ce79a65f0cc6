/** What people type after an option of more than one command. */
@NullMarked
package io.plumbline.cli.option;

import org.jspecify.annotations.NullMarked;
