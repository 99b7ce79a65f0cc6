/**
 * Wire encodings: Protocol Buffers fields and JSON.
 */
@NullMarked
package io.plumbline.contract.wire;

import org.jspecify.annotations.NullMarked;
