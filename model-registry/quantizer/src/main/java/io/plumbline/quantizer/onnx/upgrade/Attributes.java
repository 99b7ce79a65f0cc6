package io.plumbline.quantizer.onnx.upgrade;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;
import java.util.Set;

/** Operators whose attributes became inputs, went away, or changed their name. */
final class Attributes {

    private Attributes() {}

    /** Since 11 the bounds are inputs. */
    static void clip(OnnxMl.NodeProto node, UpgradeSite site) {
        var clip = UpgradeSite.without(node, Set.of("min", "max")).toBuilder();
        var low = Nodes.has(node, "min") ? site.scalar(node, "min", Nodes.real(node, "min", 0)) : "";
        clip.addInput(low);
        if (Nodes.has(node, "max")) {
            clip.addInput(site.scalar(node, "max", Nodes.real(node, "max", 0)));
        }
        site.keep(clip.build());
    }

    /** Since 11 pads and value are inputs. */
    static void pad(OnnxMl.NodeProto node, UpgradeSite site) throws UnsupportedGraphException {
        var pads = Nodes.integers(node, "pads")
                .orElseThrow(() -> UpgradeSite.refusal(node, "a Pad of set " + site.opset() + " must have pads"));
        var padded = UpgradeSite.without(node, Set.of("pads", "value")).toBuilder()
                .addInput(site.constant(node, "pads", pads));
        if (Nodes.has(node, "value")) {
            padded.addInput(site.scalar(node, "value", Nodes.real(node, "value", 0)));
        }
        site.keep(padded.build());
    }

    /** Since 10 starts, ends and axes are inputs. */
    static void slice(OnnxMl.NodeProto node, UpgradeSite site) throws UnsupportedGraphException {
        var starts = Nodes.integers(node, "starts");
        var ends = Nodes.integers(node, "ends");
        if (starts.isEmpty() || ends.isEmpty()) {
            throw UpgradeSite.refusal(node, "a Slice of set " + site.opset() + " must have starts and ends");
        }
        var slice = UpgradeSite.without(node, Set.of("starts", "ends", "axes")).toBuilder()
                .addInput(site.constant(node, "starts", starts.get()))
                .addInput(site.constant(node, "ends", ends.get()));
        Nodes.integers(node, "axes").ifPresent(axes -> slice.addInput(site.constant(node, "axes", axes)));
        site.keep(slice.build());
    }

    /** Since 10 k is an input. */
    static void topK(OnnxMl.NodeProto node, UpgradeSite site) throws UnsupportedGraphException {
        if (!Nodes.has(node, "k")) {
            throw UpgradeSite.refusal(node, "a TopK of set " + site.opset() + " must have k");
        }
        site.keep(UpgradeSite.without(node, Set.of("k")).toBuilder()
                .addInput(site.constant(node, "k", List.of(Nodes.integer(node, "k", 0))))
                .build());
    }

    /** Outside of training it hands its input through. */
    static void dropout(OnnxMl.NodeProto node, UpgradeSite site) throws UnsupportedGraphException {
        if (node.getOutputCount() > 1 && !node.getOutput(1).isEmpty()) {
            throw UpgradeSite.refusal(node, "its mask is used, which only training needs");
        }
        site.keep(Nodes.of("Identity", node.getName(), List.of(node.getInput(0)), List.of(node.getOutput(0))));
    }

    /** Until 8 it could normalize every position apart; until 13 more outputs meant training. */
    static void batchNormalization(OnnxMl.NodeProto node, UpgradeSite site) throws UnsupportedGraphException {
        if (Nodes.integer(node, "spatial", 1) != 1) {
            throw UpgradeSite.refusal(node, "spatial = 0 has no form in operator set " + OpsetUpgrade.TARGET);
        }
        if (node.getOutputCount() > 1) {
            throw UpgradeSite.refusal(node, "its running statistics are outputs, which only training needs");
        }
        site.keep(UpgradeSite.without(node, Set.of("spatial")));
    }

    /** Since 11 it is called ScatterElements. */
    static void scatter(OnnxMl.NodeProto node, UpgradeSite site) {
        site.keep(node.toBuilder().setOpType("ScatterElements").build());
    }
}
