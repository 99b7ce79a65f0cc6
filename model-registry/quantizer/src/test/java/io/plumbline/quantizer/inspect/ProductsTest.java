package io.plumbline.quantizer.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.inspect.Products.Product;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProductsTest {

    private static OnnxModel chain() {
        var graph = OnnxMl.GraphProto.newBuilder()
                .addNode(Nodes.of("Conv", "first", List.of("x", "w1"), List.of("a")))
                .addNode(Nodes.of("Relu", "bound", List.of("a"), List.of("b")))
                .addNode(Nodes.of("MatMul", "", List.of("b", "w2"), List.of("c")));
        return OnnxModel.wrap(OnnxMl.ModelProto.newBuilder().setGraph(graph).build());
    }

    @Test
    void aLayerIsComparedByItsOwnAnswerAndBehindItsBoundWhereThatIsGone() {
        assertThat(Products.of(chain(), Set.of("a", "b", "c")))
                .extracting(Product::node, Product::operator, Product::tensor)
                .containsExactly(tuple("first", "Conv", "a"), tuple("c", "MatMul", "c"));
        assertThat(Products.of(chain(), Set.of("b")))
                .extracting(Product::node, Product::tensor)
                .containsExactly(tuple("first", "b"));
    }
}
