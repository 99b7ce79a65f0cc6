/** The shape of the product as tests: who may know whom, where frameworks end, how things are named, how long they get. */
@NullMarked
package io.plumbline.architecture;

import org.jspecify.annotations.NullMarked;
