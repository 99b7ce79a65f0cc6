/**
 * The fields of a log line. A service writes {@code event-of-words words key=%s} as people read it; the keys of that template
 * and its arguments become fields, and what looks like a secret becomes {@code ***}. No line is parsed: what an argument says
 * never becomes a field of its own.
 */
@NullMarked
package io.plumbline.signals.log;

import org.jspecify.annotations.NullMarked;
