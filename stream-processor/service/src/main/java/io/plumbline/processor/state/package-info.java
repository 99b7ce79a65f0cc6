/**
 * How values lie in state stores and between two steps: bytes that only the processor reads, of a version that the first byte names. What
 * older versions wrote as JSON is still read, so that an upgrade restores from the changelog. {@link
 * io.plumbline.processor.state.Layouts} draws the bytes.
 */
@NullMarked
package io.plumbline.processor.state;

import org.jspecify.annotations.NullMarked;
