package io.plumbline.quantizer;

import java.util.Set;

/**
 * What dynamic quantization does beyond its pattern.
 *
 * @param perChannel one weight scale per output column instead of one per matrix: nearly the same size and speed, far
 *     closer to FP32
 * @param reduceRange weights over [-64, 64] instead of [-127, 127]: exact on x64 processors without VNNI, whose 16-bit sums
 *     saturate otherwise; coarser everywhere
 * @param tables embedding tables of Gather as unsigned bytes too
 * @param excludedNodes names of nodes that stay float32; a node without a name goes by its first output
 */
public record DynamicOptions(boolean perChannel, boolean reduceRange, boolean tables, Set<String> excludedNodes) {

    /** Per channel, full range, tables too, nothing excluded. */
    public static final DynamicOptions DEFAULT = new DynamicOptions(true, false, true, Set.of());

    public DynamicOptions {
        excludedNodes = Set.copyOf(excludedNodes);
    }

    /** The same, leaving out these nodes. */
    public DynamicOptions excluding(Set<String> nodes) {
        return new DynamicOptions(perChannel, reduceRange, tables, nodes);
    }
}
