/** Older operator sets rewritten to 13, node by node: what changed between 7 and 13 is known here, and what is not known
 * is refused. Start at {@link io.plumbline.quantizer.onnx.upgrade.OpsetUpgrade}. */
@NullMarked
package io.plumbline.quantizer.onnx.upgrade;

import org.jspecify.annotations.NullMarked;
