/** The log of the processor: its lines get the fields of the dictionary, which all services share. */
@NullMarked
package io.plumbline.processor.adapter.log;

import org.jspecify.annotations.NullMarked;
