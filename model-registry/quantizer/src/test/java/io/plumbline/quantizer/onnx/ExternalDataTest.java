package io.plumbline.quantizer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.reading.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalDataTest {

    @TempDir
    Path folder;

    @Test
    void whatIsTooLargeForOneFileIsWrittenAsTwoAndReadAsOne() throws Exception {
        // Given
        var values = new float[2000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        var model = Graphs.opset(17)
                .input("x", 1, 2)
                .constant(Tensors.ofFloats("small", List.of(2L), 1, 2))
                .constant(Tensors.ofFloats("first", List.of(2L, 1000L), values))
                .constant(Tensors.ofFloats("second", List.of(2L, 1000L), values))
                .node("Add", List.of("x", "small"), "sum")
                .node("MatMul", List.of("sum", "first"), "y")
                .node("MatMul", List.of("sum", "second"), "z")
                .output("y", 1, 1000)
                .output("z", 1, 1000)
                .model();

        // When
        ModelFile.write(model.proto(), folder.resolve("m.onnx"), 10_000);

        // Then
        assertThat(folder.resolve("m.onnx"))
                .exists()
                .satisfies(file -> assertThat(Files.size(file)).isLessThan(1000));
        assertThat(folder.resolve("m.onnx.data")).exists();
        var read = OnnxModel.read(folder.resolve("m.onnx"));
        assertThat(read.toBytes()).isEqualTo(model.toBytes());
        assertThat(read.dataFiles()).containsExactly(folder.toRealPath().resolve("m.onnx.data"));
        model.write(folder.resolve("one.onnx"));
        assertThat(folder.resolve("one.onnx")).hasBinaryContent(model.toBytes());
    }

    @Test
    void aLocationOutsideTheFolderIsRefused() throws Exception {
        var inside = Files.createDirectory(folder.resolve("models"));
        Files.write(folder.resolve("secret"), new byte[8]);
        Files.createSymbolicLink(inside.resolve("link"), folder.resolve("secret"));
        for (var location : List.of("../secret", folder.resolve("secret").toString(), "link", "", ".", "absent")) {
            assertThatThrownBy(() -> read(inside, Map.of("location", location)))
                    .as(location)
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessage("tensor 'w' lies in '" + location + "', which is no file in the folder of the model");
        }
        assertThatThrownBy(() -> read(inside, Map.of("location", "a\0b"))).hasMessageContaining("no file name");
    }

    @Test
    void constantsOfGraphsInsideNodesAreReadToo() throws Exception {
        // Given
        var outside = Tensors.ofFloats("inner", List.of(2L), 0, 0).toBuilder()
                .clearRawData()
                .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL);
        outside.addExternalDataBuilder().setKey("location").setValue("data");
        var branch = OnnxMl.GraphProto.newBuilder()
                .setName("branch")
                .addInitializer(outside)
                .addNode(Nodes.of("Identity", "copy", List.of("inner"), List.of("z")))
                .addOutput(OnnxMl.ValueInfoProto.newBuilder().setName("z"));
        var choice = Nodes.of("If", "choice", List.of("c"), List.of("y")).toBuilder();
        choice.addAttributeBuilder().setName("then_branch").setG(branch);
        choice.addAttributeBuilder().setName("else_branch").setG(branch);
        var model = Graphs.opset(17).input("c").output("y", 2).proto().toBuilder();
        model.getGraphBuilder().addNode(choice);
        Files.write(folder.resolve("m.onnx"), model.build().toByteArray());
        Files.write(folder.resolve("data"), new byte[8]);

        // When
        var read = OnnxModel.read(folder.resolve("m.onnx"));

        // Then
        var then = read.proto().getGraph().getNode(0).getAttribute(0).getG().getInitializer(0);
        assertThat(then.getRawData().size()).isEqualTo(8);
        assertThat(then.getExternalDataList()).isEmpty();
    }

    @Test
    void aRangeOutsideTheFileIsRefused() throws Exception {
        Files.write(folder.resolve("data"), new byte[8]);
        assertThat(read(folder, Map.of("location", "data")).constant("w")).isPresent();
        assertThatThrownBy(() -> read(folder, Map.of("location", "data", "offset", "9")))
                .hasMessage("tensor 'w' starts at 9, after the end of data");
        assertThatThrownBy(() -> read(folder, Map.of("location", "data", "offset", "4", "length", "8")))
                .hasMessage("tensor 'w' wants 8 bytes from 4 on, data has 4");
        assertThatThrownBy(() -> read(folder, Map.of("location", "data", "offset", "-4")))
                .hasMessage("tensor 'w': -4 must not be negative");
        assertThatThrownBy(() -> read(folder, Map.of("location", "data", "length", "much")))
                .hasMessage("tensor 'w': 'much' is no number");
        assertThatThrownBy(() -> read(folder, Map.of("location", "data", "length", "4")))
                .hasMessage("tensor 'w' holds 4 bytes, its shape [2, 1] of FLOAT needs 8");
    }

    private static OnnxModel read(Path folder, Map<String, String> keys) throws IOException, MalformedModelException {
        var weight = Tensors.ofFloats("w", List.of(2L, 1L), 1, 2).toBuilder()
                .clearRawData()
                .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL);
        keys.forEach((key, value) -> weight.addExternalDataBuilder().setKey(key).setValue(value));
        var model = Graphs.opset(17)
                .input("x", 1, 2)
                .constant(weight.build())
                .node("MatMul", List.of("x", "w"), "y")
                .output("y", 1, 1);
        var file = folder.resolve("m.onnx");
        Files.write(file, model.proto().toByteArray());
        return OnnxModel.read(file);
    }
}
