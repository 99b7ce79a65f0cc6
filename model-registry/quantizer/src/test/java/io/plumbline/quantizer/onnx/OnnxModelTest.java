package io.plumbline.quantizer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxModelTest {

    @Test
    void aTruncatedModelIsRefusedWithTheByteWhereItBreaks() {
        var whole = product().proto().toByteArray();
        assertThatThrownBy(() -> OnnxModel.parse(Arrays.copyOf(whole, whole.length - 3)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageMatching("not an ONNX model: at byte \\d+ of " + (whole.length - 3) + ": .*");
    }

    @Test
    void aLengthBeyondTheEndIsNotBelieved() {
        // A graph of 2 GB in eight bytes.
        byte[] lie = {0x08, 0x08, 0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        assertThatThrownBy(() -> OnnxModel.parse(lie)).isInstanceOf(MalformedModelException.class);
    }

    @Test
    void aFewBytesPerNodeDoNotBecomeAHeapOfNodes() {
        var empty = new byte[16 << 20];
        for (int i = 0; i < empty.length; i += 2) {
            empty[i] = 0x0a;
        }
        var hostile = OnnxMl.ModelProto.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                7,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFrom(empty))
                                        .build())
                        .build())
                .build()
                .toByteArray();
        assertThatThrownBy(() -> OnnxModel.parse(hostile))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("more fields than a model of this size can need");
    }

    @Test
    void graphsInsideGraphsWithoutEndAreRefused() {
        var inner = OnnxMl.GraphProto.newBuilder();
        for (int i = 0; i < 200; i++) {
            inner = OnnxMl.GraphProto.newBuilder()
                    .addNode(OnnxMl.NodeProto.newBuilder()
                            .setOpType("If")
                            .addAttribute(OnnxMl.AttributeProto.newBuilder()
                                    .setName("then_branch")
                                    .setG(inner)));
        }
        var model = product().proto().toBuilder().setGraph(inner).build().toByteArray();
        assertThatThrownBy(() -> OnnxModel.parse(model))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("at byte");
    }

    @Test
    void nodesThatWaitForOneAnotherAreNamed() {
        var cycle = Graphs.opset(17)
                .input("x", 2)
                .node("Add", List.of("x", "c"), "a")
                .node("Relu", List.of("a"), "b")
                .node("Relu", List.of("b"), "c")
                .output("c", 2);
        assertThatThrownBy(cycle::model)
                .hasMessageStartingWith("nodes wait for one another: ")
                .hasMessageContaining("Add 'a.node' -> 'a'")
                .hasMessageContaining("Relu 'c.node' -> 'c'");
    }

    @Test
    void nodesOutOfOrderAreSorted() throws Exception {
        var model = Graphs.opset(17)
                .input("x", 2)
                .node("Relu", List.of("a"), "y")
                .node("Relu", List.of("x"), "a")
                .output("y", 2)
                .model();
        assertThat(model.proto().getGraph().getNodeList())
                .extracting(node -> node.getOutput(0))
                .containsExactly("a", "y");
    }

    @Test
    void aNameThatNothingMakesIsNamedWithItsReader() {
        assertThatThrownBy(product().node("Relu", List.of("nowhere"), "z")::model)
                .hasMessage("Relu 'z.node' -> 'z' reads 'nowhere', which nothing makes");
        assertThatThrownBy(product().output("z", 1)::model).hasMessage("nothing makes the graph output 'z'");
    }

    @Test
    void aNameThatIsMadeTwiceIsRefused() {
        assertThatThrownBy(product().node("Relu", List.of("x"), "y")::model)
                .hasMessage("'y' is made twice, the second time as the output of Relu 'y.node' -> 'y'");
        assertThatThrownBy(product().constant(Tensors.ofFloats("w", List.of(), 1))::model)
                .hasMessage("'w' is made twice, the second time as an initializer");
    }

    @Test
    void aConstantMustHoldWhatItsShapeSays() {
        assertThatThrownBy(product().constant(Tensors.ofFloats("c", List.of(3L), 1, 2))::model)
                .hasMessage("initializer 'c' holds 8 bytes, its shape [3] of FLOAT needs 12");
        assertThatThrownBy(product().constant(Tensors.ofFloats("c", List.of(-1L), 1))::model)
                .hasMessage("initializer 'c' has a negative dimension: [-1]");
        assertThatThrownBy(product().constant(Tensors.ofFloats("c", List.of(1L << 33, 1L << 33), 1))::model)
                .hasMessageContaining("is too large");
        var listed = OnnxMl.TensorProto.newBuilder()
                .setName("c")
                .setDataType(DataType.INT64.getNumber())
                .addDims(2)
                .addInt64Data(1);
        assertThatThrownBy(product().constant(listed.build())::model).hasMessageContaining("holds 1 values");
    }

    @Test
    void aNodeWithoutARequiredInputIsNamed() {
        assertThatThrownBy(product().node("MatMul", List.of("x"), "z")::model)
                .hasMessage("MatMul 'z.node' -> 'z' lacks its input 1");
    }

    @Test
    void fieldsOfALaterFormatAreKept() throws Exception {
        var later = UnknownFieldSet.newBuilder()
                .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("later"))
                                .build())
                .build();
        var model = product().proto().toBuilder().setUnknownFields(later).build();
        assertThat(OnnxModel.parse(model.toByteArray()).toBytes()).isEqualTo(model.toByteArray());
    }

    /** y = x * w. */
    private static Graphs product() {
        return Graphs.opset(17)
                .input("x", 1, 2)
                .constant(Tensors.ofFloats("w", List.of(2L, 1L), 1, 2))
                .node("MatMul", List.of("x", "w"), "y")
                .output("y", 1, 1);
    }
}
