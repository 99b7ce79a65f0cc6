package io.plumbline.quantizer.qdq;

import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.QuantizedModel;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.GemmRewrite;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A float graph and its plan. Immutable. */
public final class StaticGraph {

    private final OnnxModel model;
    private final QdqPlan plan;
    private final StaticOptions options;

    private StaticGraph(OnnxModel model, QdqPlan plan, StaticOptions options) {
        this.model = model;
        this.plan = plan;
        this.options = options;
    }

    /** @throws UnsupportedGraphException if nothing can be quantized, or an excluded node is not in the graph */
    public static StaticGraph of(OnnxModel source, StaticOptions options) throws UnsupportedGraphException {
        var names = source.proto().getGraph().getNodeList().stream()
                .map(Role::nameOf)
                .collect(Collectors.toSet());
        for (var excluded : options.excludedNodes()) {
            if (!names.contains(excluded)) {
                throw new UnsupportedGraphException("excluded node '" + excluded + "' is not in the graph");
            }
        }
        var model = GemmRewrite.apply(source, node -> !options.excludedNodes().contains(Role.nameOf(node)));
        return new StaticGraph(model, QdqPlan.of(model, options), options);
    }

    /** Tensors that need a range, in graph order. */
    public List<String> observed() {
        return plan.observed();
    }

    /** @throws UnsupportedGraphException if a range is missing, or a weight cannot be read */
    public QuantizedModel quantize(Map<String, ActivationRange> ranges, Provenance provenance)
            throws UnsupportedGraphException {
        var rewrite = new QdqRewrite(model, plan, ranges, options);
        for (var node : model.proto().getGraph().getNodeList()) {
            rewrite.take(node);
        }
        provenance.writeTo(rewrite.edit());
        return new QuantizedModel(rewrite.edit().finish(), rewrite.quantized());
    }
}
