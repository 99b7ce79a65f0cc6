package io.plumbline.inference;

/**
 * How a model runs.
 *
 * @param intraOpThreads threads inside one operator; 1 is fastest for small models and never spins
 * @param optimization how far the graph is rewritten when it is loaded
 */
public record EngineOptions(int intraOpThreads, Optimization optimization) {

    public static final EngineOptions DEFAULT = new EngineOptions(1, Optimization.ALL);

    /** How far ONNX Runtime rewrites a graph at load time. */
    public enum Optimization {
        /** As written: for observing every tensor. */
        NONE,
        /** Constant folding and the like. */
        BASIC,
        /** Integer kernels are fused only here: what a deployed build runs with. */
        ALL
    }

    public EngineOptions {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("intraOpThreads " + intraOpThreads + " must be at least 1");
        }
    }
}
