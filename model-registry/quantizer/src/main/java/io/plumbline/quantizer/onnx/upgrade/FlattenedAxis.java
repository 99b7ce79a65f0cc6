package io.plumbline.quantizer.onnx.upgrade;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.Nodes;
import java.util.List;
import java.util.Set;

/**
 * Softmax, LogSoftmax and Hardmax: before 13 they see two dimensions, everything before {@code axis} (default 1) and
 * everything from it on; since 13 they work along one axis (default the last). Both are the same on the last axis; elsewhere
 * the node goes between a Flatten and a Reshape to the shape that was.
 */
final class FlattenedAxis {

    private static final long LAST = -1;

    private FlattenedAxis() {}

    static void rewrite(OnnxMl.NodeProto node, UpgradeSite site) {
        var axis = Nodes.integer(node, "axis", 1);
        var input = node.getInput(0);
        var last = axis == LAST
                || site.rank(input)
                        .or(() -> site.rank(node.getOutput(0)))
                        .filter(rank -> axis == rank - 1)
                        .isPresent();
        if (last) {
            site.keep(along(node, input, node.getOutput(0)));
            return;
        }
        var shape = site.fresh(node.getOutput(0) + ".shape");
        var flat = site.fresh(node.getOutput(0) + ".flat");
        var answer = site.fresh(node.getOutput(0) + ".answer");
        site.keep(Nodes.of("Shape", site.fresh(node.getName() + ".shape"), List.of(input), List.of(shape)));
        site.keep(Nodes.of(
                "Flatten",
                site.fresh(node.getName() + ".flatten"),
                List.of(input),
                List.of(flat),
                Nodes.attribute("axis", axis)));
        site.keep(along(node, flat, answer));
        site.keep(Nodes.of(
                "Reshape",
                site.fresh(node.getName() + ".reshape"),
                List.of(answer, shape),
                List.of(node.getOutput(0))));
    }

    private static OnnxMl.NodeProto along(OnnxMl.NodeProto node, String input, String output) {
        return UpgradeSite.without(node, Set.of("axis")).toBuilder()
                .setInput(0, input)
                .setOutput(0, output)
                .addAttribute(Nodes.attribute("axis", LAST))
                .build();
    }
}
