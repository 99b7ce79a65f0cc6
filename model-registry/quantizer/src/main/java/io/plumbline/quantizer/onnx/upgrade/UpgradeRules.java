package io.plumbline.quantizer.onnx.upgrade;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operators of sets 7 to 12 and what became of each by 13. An operator that is not here is refused. */
final class UpgradeRules {

    /** Rewrites one node. */
    @FunctionalInterface
    interface Rule {
        void apply(OnnxMl.NodeProto node, UpgradeSite site) throws UnsupportedGraphException;
    }

    /** @param since the set whose definition differs: older nodes need the rule */
    private record Change(long since, Rule rule) {}

    private static final Rule KEEP = (node, site) -> site.keep(node);

    /** Newest change first: a rule rewrites straight to the form of 13. */
    private static final Map<String, List<Change>> CHANGED = Map.ofEntries(
            Map.entry("Squeeze", List.of(new Change(13, (node, site) -> site.toInput(node, "axes")))),
            Map.entry("Unsqueeze", List.of(new Change(13, (node, site) -> site.toInput(node, "axes")))),
            Map.entry("ReduceSum", List.of(new Change(13, (node, site) -> site.toInput(node, "axes")))),
            Map.entry("Split", List.of(new Change(13, (node, site) -> site.toInput(node, "split")))),
            Map.entry("Softmax", List.of(new Change(13, FlattenedAxis::rewrite))),
            Map.entry("LogSoftmax", List.of(new Change(13, FlattenedAxis::rewrite))),
            Map.entry("Hardmax", List.of(new Change(13, FlattenedAxis::rewrite))),
            Map.entry("Dropout", List.of(new Change(12, Attributes::dropout))),
            Map.entry("Clip", List.of(new Change(11, Attributes::clip))),
            Map.entry("Pad", List.of(new Change(11, Attributes::pad))),
            Map.entry("Scatter", List.of(new Change(11, Attributes::scatter))),
            Map.entry("Slice", List.of(new Change(10, Attributes::slice))),
            Map.entry("TopK", List.of(new Change(10, Attributes::topK))),
            Map.entry("BatchNormalization", List.of(new Change(14, Attributes::batchNormalization))),
            Map.entry("Resize", List.of(new Change(11, Resizing::resize10))),
            Map.entry("Upsample", List.of(new Change(9, Resizing::upsample7), new Change(10, Resizing::upsample9))));

    /** Same meaning in 7 to 13: at most more element types, more ranks or further optional attributes. */
    private static final Set<String> UNCHANGED = Set.of(
            "Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool BitShift Cast Ceil Compress Concat",
            "Constant ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh CumSum DepthToSpace DequantizeLinear Det Div",
            "DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather GatherElements",
            "GatherND Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual HardSigmoid Identity",
            "InstanceNormalization IsInf IsNaN LRN LSTM LeakyRelu Less LessOrEqual Log LpNormalization LpPool MatMul",
            "MatMulInteger Max MaxPool MaxUnpool Mean MeanVarianceNormalization Min Mod Mul Neg NonMaxSuppression NonZero",
            "Not OneHot Or PRelu Pow QLinearConv QLinearMatMul QuantizeLinear RNN Range Reciprocal ReduceL1 ReduceL2",
            "ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSumSquare Relu Reshape",
            "ReverseSequence RoiAlign Round ScatterElements ScatterND Selu Shape Shrink Sigmoid Sign Sin Sinh Size",
            "Softplus Softsign SpaceToDepth Sqrt Sub Sum Tan Tanh ThresholdedRelu Tile Transpose Where Xor");

    private static final Set<String> KNOWN = Set.copyOf(UNCHANGED.stream()
            .flatMap(line -> List.of(line.split(" ", -1)).stream())
            .toList());

    private UpgradeRules() {}

    static Rule of(OnnxMl.NodeProto node, long opset) throws UnsupportedGraphException {
        var changes = CHANGED.get(node.getOpType());
        if (changes != null) {
            return changes.stream()
                    .filter(change -> opset < change.since)
                    .map(Change::rule)
                    .findFirst()
                    .orElse(KEEP);
        }
        if (KNOWN.contains(node.getOpType())) {
            return KEEP;
        }
        throw UpgradeSite.refusal(
                node,
                "it is not known what " + node.getOpType() + " of operator set " + opset + " is in "
                        + OpsetUpgrade.TARGET + "; export the model with " + OpsetUpgrade.TARGET + " or newer");
    }
}
