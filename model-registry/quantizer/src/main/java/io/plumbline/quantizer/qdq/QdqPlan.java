package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which nodes are quantized and which tensors get a pair of QuantizeLinear and DequantizeLinear.
 *
 * <p>Convolutions and products are always quantized. A node between them is when every activation it reads comes, through
 * such nodes, from a quantized tensor, and what it makes goes, through such nodes, to a convolution or product: elsewhere the
 * runtime would turn integers into floats and back around it for nothing. Immutable.
 */
final class QdqPlan {

    private final OnnxModel model;
    private final Wiring wiring;
    private final Map<OnnxMl.NodeProto, Role> roles = new LinkedHashMap<>();
    private final Set<String> reached = new HashSet<>();
    private final Set<String> wanted = new HashSet<>();
    private final Map<String, String> bounded = new HashMap<>();
    private final Map<String, String> roots = new LinkedHashMap<>();
    private final Set<String> made = new HashSet<>();

    private QdqPlan(OnnxModel model) {
        this.model = model;
        this.wiring = new Wiring(model);
    }

    /** @throws UnsupportedGraphException if an excluded node is not in the graph, or nothing is left to quantize */
    static QdqPlan of(OnnxModel model, StaticOptions options) throws UnsupportedGraphException {
        var plan = new QdqPlan(model);
        var nodes = model.proto().getGraph().getNodeList();
        nodes.forEach(node -> plan.roles.put(node, Role.of(node, model, options)));
        plan.reach();
        plan.want();
        plan.settle();
        nodes.forEach(plan::pair);
        if (!plan.roles.containsValue(Role.CONVOLUTION)
                && !plan.roles.containsValue(Role.PRODUCT)
                && !plan.roles.containsValue(Role.WEIGHT)) {
            throw new UnsupportedGraphException(
                    "no Conv, ConvTranspose, MatMul or Gemm with a constant float32 weight: nothing to quantize");
        }
        return plan;
    }

    /** Forwards: tensors whose values are integers anyway, or become so through quantized nodes. */
    private void reach() {
        roles.forEach((node, role) -> {
            if (role == Role.CONVOLUTION || role == Role.PRODUCT) {
                reached.add(node.getInput(0));
            }
        });
        roles.forEach((node, role) -> {
            var passes = switch (role) {
                case CONVOLUTION -> true;
                case MOVE, BOUND -> reached.contains(node.getInput(0));
                case COMBINE -> !activations(node).isEmpty() && reached.containsAll(activations(node));
                case PRODUCT, WEIGHT, FLOAT -> false;
            };
            if (passes) {
                reached.addAll(node.getOutputList());
            }
        });
    }

    /** Backwards: tensors from which a convolution or product gets its values through quantized nodes. */
    private void want() {
        var nodes = List.copyOf(roles.keySet());
        for (int i = nodes.size() - 1; i >= 0; i--) {
            var node = nodes.get(i);
            switch (roles.getOrDefault(node, Role.FLOAT)) {
                case CONVOLUTION, PRODUCT -> wanted.add(node.getInput(0));
                case MOVE, BOUND -> {
                    if (passesOn(node)) {
                        wanted.add(node.getInput(0));
                    }
                }
                case COMBINE -> {
                    if (passesOn(node)) {
                        wanted.addAll(activations(node));
                    }
                }
                case WEIGHT, FLOAT -> {}
            }
        }
    }

    private boolean passesOn(OnnxMl.NodeProto node) {
        return reached.containsAll(node.getOutputList())
                && node.getOutputList().stream().anyMatch(wanted::contains);
    }

    /** In order: nodes that lead nowhere stay float, and so does what follows a Relu or Clip that has to. */
    private void settle() {
        var solid = new HashSet<String>();
        roles.forEach((node, role) -> {
            if (role == Role.CONVOLUTION || role == Role.PRODUCT) {
                solid.add(node.getInput(0));
            }
        });
        roles.replaceAll((node, role) -> {
            var stays = switch (role) {
                case CONVOLUTION -> true;
                case BOUND -> isAbsorbed(node);
                case MOVE -> passesOn(node) && solid.contains(node.getInput(0));
                case COMBINE -> passesOn(node) && solid.containsAll(activations(node));
                case PRODUCT, WEIGHT, FLOAT -> false;
            };
            if (stays) {
                solid.addAll(node.getOutputList());
                return role;
            }
            return role == Role.PRODUCT || role == Role.WEIGHT ? role : Role.FLOAT;
        });
        roles.forEach((node, role) -> {
            if (role == Role.BOUND) {
                bounded.put(node.getInput(0), node.getOutput(0));
            }
        });
    }

    private boolean isAbsorbed(OnnxMl.NodeProto bound) {
        var input = bound.getInput(0);
        var role = wiring.producer(input).map(this::role).orElse(Role.FLOAT);
        return wiring.isPrivate(input) && (role == Role.CONVOLUTION || role == Role.COMBINE);
    }

    private void pair(OnnxMl.NodeProto node) {
        switch (role(node)) {
            case CONVOLUTION -> {
                root(node.getInput(0));
                produce(node, Optional.empty());
            }
            case PRODUCT -> root(node.getInput(0));
            case MOVE -> produce(node, Optional.of(root(node.getInput(0))));
            case COMBINE -> {
                activations(node).forEach(this::root);
                produce(node, Optional.empty());
            }
            case WEIGHT, BOUND, FLOAT -> {}
        }
    }

    private void produce(OnnxMl.NodeProto node, Optional<String> root) {
        for (var output : node.getOutputList()) {
            var tensor = outlet(output);
            roots.put(tensor, root.orElse(tensor));
            made.add(tensor);
        }
    }

    private String root(String tensor) {
        return roots.computeIfAbsent(tensor, name -> name);
    }

    Role role(OnnxMl.NodeProto node) {
        return roles.getOrDefault(node, Role.FLOAT);
    }

    /** The inputs that are neither constants nor left out. */
    List<String> activations(OnnxMl.NodeProto node) {
        return node.getInputList().stream()
                .filter(tensor -> !tensor.isEmpty() && model.constant(tensor).isEmpty())
                .toList();
    }

    /** What a quantized node's output is called behind a Relu or Clip that it absorbs. */
    String outlet(String output) {
        return bounded.getOrDefault(output, output);
    }

    /** The Relu or Clip whose output this is, where it was absorbed. */
    Optional<Bounds> bounds(String tensor) {
        return wiring.producer(tensor).filter(node -> role(node) == Role.BOUND).flatMap(node -> Bounds.of(node, model));
    }

    boolean isPaired(String tensor) {
        return roots.containsKey(tensor);
    }

    /** Whether a quantized node makes it; otherwise its pair is for quantized readers alone. */
    boolean isMade(String tensor) {
        return made.contains(tensor);
    }

    /** The tensor whose parameters this one has; itself as a rule. */
    String rootOf(String tensor) {
        var root = roots.get(tensor);
        if (root == null) {
            throw new IllegalStateException("tensor '" + tensor + "' has no pair: this is a bug");
        }
        return root;
    }

    /** Tensors that need a range, in graph order. */
    List<String> observed() {
        return List.copyOf(roots.values().stream().collect(Collectors.toCollection(LinkedHashSet::new)));
    }
}
