package io.plumbline.quantizer.weightonly;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.QuantizedModel;
import io.plumbline.quantizer.arithmetic.BlockWeights;
import io.plumbline.quantizer.onnx.ConstantProduct;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.NodeNames;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.onnx.upgrade.ConstantInputs;
import io.plumbline.quantizer.tables.TableRewrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weight-only quantization: MatMul and Gemm with a constant matrix become ONNX Runtime's MatMulNBits, embedding tables
 * unsigned bytes.
 */
public final class BlockQuantizer {

    private static final String DOMAIN = "com.microsoft";

    private final GraphEdit edit;
    private final BlockOptions options;
    private final Map<String, List<String>> weights = new HashMap<>();

    private BlockQuantizer(GraphEdit edit, BlockOptions options) {
        this.edit = edit;
        this.options = options;
    }

    /**
     * @throws UnsupportedGraphException if nothing can be quantized or an excluded node is not in the graph; the model is
     *     never half done
     */
    public static QuantizedModel quantize(OnnxModel source, BlockOptions options, Provenance provenance)
            throws UnsupportedGraphException {
        var model = ConstantInputs.drop(source);
        var excluded = NodeNames.among(model, options.excludedNodes());
        var edit = new GraphEdit(model);
        var quantizer = new BlockQuantizer(edit, options);
        var tables = new TableRewrite(model, edit);
        var quantized = new ArrayList<String>();
        for (var node : model.proto().getGraph().getNodeList()) {
            var product = ConstantProduct.of(node, model);
            if (excluded.contains(node)) {
                edit.add(node);
            } else if (product.isPresent()) {
                quantizer.replace(product.get());
                quantized.add(Nodes.describe(node));
            } else if (options.tables() && tables.take(node)) {
                quantized.add(Nodes.describe(node));
            } else {
                edit.add(node);
            }
        }
        if (quantized.isEmpty()) {
            throw new UnsupportedGraphException(
                    "no MatMul or Gemm with a constant float32 matrix: nothing to quantize");
        }
        edit.require(DOMAIN, 1);
        provenance.writeTo(edit);
        return new QuantizedModel(edit.finish(), quantized);
    }

    private void replace(ConstantProduct product) throws UnsupportedGraphException {
        var node = product.node();
        var output = node.getOutput(0);
        var real = product.bias().isPresent() ? edit.fresh(output + ".product") : output;
        var matMul = OnnxMl.NodeProto.newBuilder()
                .setDomain(DOMAIN)
                .setOpType("MatMulNBits")
                .setName(edit.fresh(node.getName() + ".nbits"))
                .addInput(node.getInput(0))
                .addAllInput(weight(product))
                .addOutput(real)
                .addAttribute(Nodes.attribute("K", product.rows()))
                .addAttribute(Nodes.attribute("N", product.columns()))
                .addAttribute(Nodes.attribute("bits", options.bits()))
                .addAttribute(Nodes.attribute("block_size", options.blockSize()));
        if (options.accuracyLevel() > 0) {
            matMul.addAttribute(Nodes.attribute("accuracy_level", options.accuracyLevel()));
        }
        edit.add(matMul.build());
        product.bias()
                .ifPresent(bias -> edit.add(
                        Nodes.of("Add", edit.fresh(node.getName() + ".add"), List.of(real, bias), List.of(output))));
    }

    /** Names of the weight's initializers, in the order of the operator's inputs. */
    private List<String> weight(ConstantProduct product) throws UnsupportedGraphException {
        var name = product.weight().getName();
        var key = product.transposed() ? name + " transposed" : name;
        var known = weights.get(key);
        if (known == null) {
            known = addWeight(product);
            weights.put(key, known);
        }
        return known;
    }

    private List<String> addWeight(ConstantProduct product) throws UnsupportedGraphException {
        var name = product.weight().getName();
        var rows = product.rows();
        var form = options.form();
        var blocks = blocks(product, form);
        long columns = product.columns();
        var names = new ArrayList<>(List.of(edit.fresh(name + ".blocks"), edit.fresh(name + ".scales")));
        edit.add(Tensors.ofUint8(
                names.get(0), List.of(columns, (long) form.blocks(rows), (long) form.blockBytes()), blocks.values()));
        edit.add(Tensors.ofFloats(names.get(1), List.of(columns * form.blocks(rows)), blocks.scales()));
        if (!options.symmetric()) {
            names.add(edit.fresh(name + ".zeros"));
            edit.add(Tensors.ofUint8(names.get(2), List.of(columns * form.zeroPointBytes(rows)), blocks.zeroPoints()));
        }
        return List.copyOf(names);
    }

    private static BlockWeights blocks(ConstantProduct product, BlockWeights.Form form)
            throws UnsupportedGraphException {
        try {
            return BlockWeights.of(Tensors.floats(product.weight()), product.rows(), product.transposed(), form);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UnsupportedGraphException("weight '" + product.weight().getName() + "': " + e.getMessage());
        }
    }
}
