package io.plumbline.quantizer.onnx.reading;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/** Nodes such that each comes after those it reads from; as they were, where they were so. */
final class NodeOrder {

    private static final int CYCLE_SHOWN = 4;

    private final List<OnnxMl.NodeProto> nodes;
    private final Map<String, Integer> makers = new HashMap<>();
    private final List<Set<Integer>> sources = new ArrayList<>();
    private final List<List<Integer>> readers = new ArrayList<>();
    private final int[] waitingFor;

    private NodeOrder(OnnxMl.GraphProto graph) {
        this.nodes = graph.getNodeList();
        this.waitingFor = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            readers.add(new ArrayList<>());
            for (var output : nodes.get(i).getOutputList()) {
                makers.put(output, i);
            }
        }
        makers.remove("");
        for (int i = 0; i < nodes.size(); i++) {
            sources.add(sources(nodes.get(i)));
            waitingFor[i] = sources.get(i).size();
            for (var source : sources.get(i)) {
                readers.get(source).add(i);
            }
        }
    }

    private Set<Integer> sources(OnnxMl.NodeProto node) {
        var found = new LinkedHashSet<Integer>();
        for (var names : List.of(node.getInputList(), Nodes.captured(node))) {
            for (var name : names) {
                var maker = makers.get(name);
                if (maker != null) {
                    found.add(maker);
                }
            }
        }
        return found;
    }

    /** @throws MalformedModelException if nodes wait for one another in a circle */
    static List<OnnxMl.NodeProto> of(OnnxMl.GraphProto graph) throws MalformedModelException {
        return new NodeOrder(graph).sorted();
    }

    private List<OnnxMl.NodeProto> sorted() throws MalformedModelException {
        var ready = new PriorityQueue<Integer>();
        for (int i = 0; i < waitingFor.length; i++) {
            if (waitingFor[i] == 0) {
                ready.add(i);
            }
        }
        var order = new ArrayList<OnnxMl.NodeProto>();
        while (!ready.isEmpty()) {
            var next = ready.remove();
            order.add(nodes.get(next));
            for (var reader : readers.get(next)) {
                if (--waitingFor[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        if (order.size() < nodes.size()) {
            throw new MalformedModelException("nodes wait for one another: " + cycle());
        }
        return order;
    }

    /** Every node that still waits does so for another one: going back ends in the circle. */
    private String cycle() {
        var path = new LinkedHashSet<Integer>();
        var at = 0;
        while (waitingFor[at] == 0) {
            at++;
        }
        while (path.add(at)) {
            at = sources.get(at).stream()
                    .filter(source -> waitingFor[source] > 0)
                    .findFirst()
                    .orElseThrow();
        }
        var start = at;
        return path.stream()
                .dropWhile(node -> node != start)
                .limit(CYCLE_SHOWN)
                .map(node -> Nodes.describe(nodes.get(node)))
                .collect(Collectors.joining(", "));
    }
}
