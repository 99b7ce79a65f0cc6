package io.plumbline.quantizer.onnx.upgrade;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;

/**
 * Operator sets 7 to 12 rewritten to 13, the first whose DequantizeLinear knows channels. Constants that older files also
 * list as inputs, where a caller could override them, are constants alone afterwards. A model of set 13 or newer only
 * loses such inputs.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/Changelog.md">ONNX operator changelog</a>
 */
public final class OpsetUpgrade {

    /** What an upgraded model imports. */
    public static final long TARGET = 13;

    private static final long OLDEST = 7;
    private static final long IR_OF_TARGET = 7;

    private OpsetUpgrade() {}

    /** @throws UnsupportedGraphException if the set is older than 7, or a node has no form known here in the newer set */
    public static OnnxModel apply(OnnxModel source) throws UnsupportedGraphException {
        var model = ConstantInputs.drop(source);
        if (model.opset() >= TARGET) {
            return model;
        }
        if (model.opset() < OLDEST) {
            throw new UnsupportedGraphException(
                    "operator set " + model.opset() + " is older than " + OLDEST + "; export the model again");
        }
        var edit = new GraphEdit(model);
        var site = new UpgradeSite(model, edit);
        for (var node : model.proto().getGraph().getNodeList()) {
            upgrade(node, site);
        }
        return importing(edit.finish());
    }

    private static void upgrade(OnnxMl.NodeProto node, UpgradeSite site) throws UnsupportedGraphException {
        if (!node.getDomain().isEmpty() && !node.getDomain().equals("ai.onnx")) {
            site.keep(node);
            return;
        }
        if (Nodes.hasInnerGraph(node)) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(node),
                    "inner graphs of operator set " + site.opset() + " cannot be rewritten to " + TARGET);
        }
        UpgradeRules.of(node, site.opset()).apply(node, site);
    }

    private static OnnxModel importing(OnnxModel model) {
        var proto = model.proto().toBuilder();
        for (int i = 0; i < proto.getOpsetImportCount(); i++) {
            var set = proto.getOpsetImportBuilder(i);
            if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
                set.setVersion(TARGET);
            }
        }
        return OnnxModel.wrap(
                proto.setIrVersion(Math.max(proto.getIrVersion(), IR_OF_TARGET)).build());
    }
}
