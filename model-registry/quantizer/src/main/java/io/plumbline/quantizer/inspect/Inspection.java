package io.plumbline.quantizer.inspect;

import java.util.List;
import java.util.Map;

/**
 * A model as a person wants to see it before quantizing it or sending it to a device.
 *
 * @param irVersion of the file format
 * @param opset version of the standard operator set
 * @param producer who wrote the file; may be empty
 * @param inputs without those that only name initializers
 * @param operators how many nodes of each, most first; those of other domains as {@code domain:Operator}
 * @param weightBytes bytes of constants by element type, most first
 * @param precision one word: fp32, fp16, int8-dynamic, int8-static, weight-only, mixed
 * @param metadata what the file says of its lineage and more
 * @param obstacles what keeps it from being quantized or from running fast
 */
public record Inspection(
        long irVersion,
        long opset,
        String producer,
        List<Port> inputs,
        List<Port> outputs,
        Map<String, Long> operators,
        Map<String, Long> weightBytes,
        String precision,
        Map<String, String> metadata,
        List<Obstacle> obstacles) {

    /** @param shape sizes of the axes: numbers, names, or ? where nothing is said */
    public record Port(String name, String type, List<String> shape) {

        public Port {
            shape = List.copyOf(shape);
        }
    }

    /**
     * @param operator that it concerns, or {@code model}
     * @param count nodes
     * @param where names of the first few of them
     * @param because what it costs, and the way out where there is one
     */
    public record Obstacle(String operator, long count, List<String> where, String because) {

        public Obstacle {
            where = List.copyOf(where);
        }
    }

    public Inspection {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        operators = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(operators));
        weightBytes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(weightBytes));
        metadata = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(metadata));
        obstacles = List.copyOf(obstacles);
    }
}
