package io.plumbline.quantizer.onnx.upgrade;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;
import java.util.Set;

/**
 * Upsample and the Resize of set 10: both map an output index to {@code index / scale} and, in the nearest mode, round down;
 * since 11 that is one choice among many and is written out.
 */
final class Resizing {

    private Resizing() {}

    static void upsample7(OnnxMl.NodeProto node, UpgradeSite site) throws UnsupportedGraphException {
        var scales = Nodes.reals(node, "scales")
                .orElseThrow(() -> UpgradeSite.refusal(node, "an Upsample of set 7 must have scales"));
        rewrite(node, site.floats(node, "scales", scales), site);
    }

    static void upsample9(OnnxMl.NodeProto node, UpgradeSite site) throws UnsupportedGraphException {
        rewrite(node, scales(node), site);
    }

    static void resize10(OnnxMl.NodeProto node, UpgradeSite site) throws UnsupportedGraphException {
        rewrite(node, scales(node), site);
    }

    private static String scales(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        return Nodes.input(node, 1).orElseThrow(() -> UpgradeSite.refusal(node, "it lacks its scales"));
    }

    private static void rewrite(OnnxMl.NodeProto node, String scales, UpgradeSite site)
            throws UnsupportedGraphException {
        var mode = Nodes.text(node, "mode", "nearest");
        if (!mode.equals("nearest") && !mode.equals("linear")) {
            throw UpgradeSite.refusal(node, "mode '" + mode + "' must be nearest or linear");
        }
        var resized = UpgradeSite.without(node, Set.of("scales")).toBuilder()
                .setOpType("Resize")
                .clearInput()
                .addAllInput(List.of(node.getInput(0), "", scales))
                .addAttribute(Nodes.attribute("coordinate_transformation_mode", "asymmetric"));
        if (mode.equals("nearest")) {
            resized.addAttribute(Nodes.attribute("nearest_mode", "floor"));
        }
        site.keep(resized.build());
    }
}
