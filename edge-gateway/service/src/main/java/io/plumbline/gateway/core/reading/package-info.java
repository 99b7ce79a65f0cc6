/**
 * From a payload to a reading, or to the reason why it is none. Decoding never throws: bad data is an answer, not an error.
 */
@NullMarked
package io.plumbline.gateway.core.reading;

import org.jspecify.annotations.NullMarked;
