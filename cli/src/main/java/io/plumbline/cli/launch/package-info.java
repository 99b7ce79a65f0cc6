/** Brokers and services as child processes of this one: started, watched and stopped together. */
@NullMarked
package io.plumbline.cli.launch;

import org.jspecify.annotations.NullMarked;
