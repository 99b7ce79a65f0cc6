package io.plumbline.quantizer;

import java.util.Set;

/**
 * How a static build is made.
 *
 * @param perChannel one weight scale per output channel instead of one per weight: nearly the same size and speed, far
 *     closer to FP32
 * @param activation the type of quantized activations
 * @param reduceRange weights over [-64, 64] instead of [-127, 127]: exact on x64 processors without VNNI, whose 16-bit sums
 *     saturate otherwise; coarser everywhere
 * @param reach how far the integers go beyond the products
 * @param excludedNodes names of nodes that stay float32; a node without a name goes by its first output
 */
public record StaticOptions(
        boolean perChannel, Activation activation, boolean reduceRange, Reach reach, Set<String> excludedNodes) {

    /** Per channel, unsigned activations, full range, integers between products too, nothing excluded. */
    public static final StaticOptions DEFAULT =
            new StaticOptions(true, Activation.UINT8, false, Reach.BETWEEN_PRODUCTS, Set.of());

    /** The type of quantized activations; both have the same steps, 128 apart. */
    public enum Activation {
        /** Right for x64: signed activations take twice the time of unsigned ones there. */
        UINT8(0),
        /** Right for ARM64, which multiplies signed bytes by signed bytes. */
        INT8(-128);

        private final int lowest;

        Activation(int lowest) {
            this.lowest = lowest;
        }

        /** The smallest quantized value; the largest is 255 more. */
        public int lowest() {
            return lowest;
        }
    }

    /** Which operators are quantized. */
    public enum Reach {
        /** Convolutions and matrix products alone. */
        PRODUCTS,
        /** Also what merely moves values from one product to the next, such as MaxPool, Reshape or Gather. */
        MOVES,
        /** Also what combines values between products, such as Add, Concat or Sigmoid. */
        BETWEEN_PRODUCTS
    }

    public StaticOptions {
        excludedNodes = Set.copyOf(excludedNodes);
    }

    /** The same, leaving out these nodes. */
    public StaticOptions excluding(Set<String> nodes) {
        return new StaticOptions(perChannel, activation, reduceRange, reach, nodes);
    }

    /** The same with this type of activations. */
    public StaticOptions with(Activation type) {
        return new StaticOptions(perChannel, type, reduceRange, reach, excludedNodes);
    }

    /** The same with this reach. */
    public StaticOptions with(Reach other) {
        return new StaticOptions(perChannel, activation, reduceRange, other, excludedNodes);
    }
}
