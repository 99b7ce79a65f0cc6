package io.plumbline.quantizer.weightonly;

import io.plumbline.quantizer.arithmetic.BlockWeights;
import java.util.Set;

/**
 * How weights become blocks.
 *
 * @param bits 4 or 8
 * @param blockSize rows that share a scale: a power of two from 16 to 256
 * @param symmetric without zero points: a little smaller, a little coarser
 * @param accuracyLevel 0 leaves it to the runtime, 1 computes in float32, 4 in bytes, which is what makes it fast
 * @param excludedNodes names of nodes that stay float32; a node without a name goes by its first output
 * @param tables embedding tables of Gather as unsigned bytes
 */
public record BlockOptions(
        int bits, int blockSize, boolean symmetric, int accuracyLevel, Set<String> excludedNodes, boolean tables) {

    /** Embedding tables as bytes too. */
    public BlockOptions(int bits, int blockSize, boolean symmetric, int accuracyLevel, Set<String> excludedNodes) {
        this(bits, blockSize, symmetric, accuracyLevel, excludedNodes, true);
    }

    /** Four bits in blocks of 32 with zero points, computed in bytes. */
    public static final BlockOptions DEFAULT = new BlockOptions(4, 32, false, 4, Set.of());

    public BlockOptions {
        if (bits != 4 && bits != 8) {
            throw new IllegalArgumentException("bits " + bits + " must be 4 or 8");
        }
        if (blockSize < 16 || blockSize > 256 || Integer.bitCount(blockSize) != 1) {
            throw new IllegalArgumentException("block size " + blockSize + " must be a power of two from 16 to 256");
        }
        if (accuracyLevel < 0 || accuracyLevel > 4) {
            throw new IllegalArgumentException("accuracy level " + accuracyLevel + " must be 0 to 4");
        }
        excludedNodes = Set.copyOf(excludedNodes);
    }

    /** The same with this many bits. */
    public BlockOptions withBits(int other) {
        return new BlockOptions(other, blockSize, symmetric, accuracyLevel, excludedNodes, tables);
    }

    BlockWeights.Form form() {
        return new BlockWeights.Form(bits, blockSize, symmetric);
    }
}
