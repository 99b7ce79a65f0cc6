/** The fleet file from the command line: compared, put in force, read back; and lists of what the fleet has. */
@NullMarked
package io.plumbline.cli.fleet;

import org.jspecify.annotations.NullMarked;
