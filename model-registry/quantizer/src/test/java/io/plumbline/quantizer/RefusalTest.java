package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private static final Provenance PROVENANCE = new Provenance("s", "r", Optional.empty());

    @Test
    void bytesThatAreNoModelAreRefused() {
        assertThatThrownBy(() -> OnnxModel.parse("not a model".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedModelException.class);
        assertThatThrownBy(() -> OnnxModel.parse(new byte[0])).hasMessage("the model has no graph");
    }

    @Test
    void aMissingRangeIsNamedWithItsNode() throws Exception {
        var model = OnnxModel.parse(ClimateWindows.model());
        assertThatThrownBy(() -> StaticQuantizer.quantize(model, Map.of(), PROVENANCE))
                .isInstanceOf(UnsupportedGraphException.class)
                .hasMessage("MatMul 'fc0_matmul' -> 'fc0.product': there is no calibrated range for 'act0'");
    }

    @Test
    void anUnknownTensorCannotBeObserved() throws Exception {
        var model = OnnxModel.parse(ClimateWindows.model());
        assertThatThrownBy(() -> ObservedModel.of(model, List.of("nowhere")))
                .hasMessage("tensor 'nowhere' is neither an input nor made by a node");
    }

    @Test
    void anOldOperatorSetIsRefusedWithTheWayOut() throws Exception {
        var proto = OnnxModel.parse(ClimateWindows.model()).proto().toBuilder();
        proto.getOpsetImportBuilder(0).setVersion(9);
        var old = OnnxModel.parse(proto.build().toByteArray());
        assertThatThrownBy(() -> DynamicQuantizer.quantize(old, PROVENANCE))
                .hasMessageContaining("convert the model to 11");
        assertThatThrownBy(() -> StaticQuantizer.quantize(old, Map.of(), PROVENANCE))
                .hasMessageContaining("convert the model to 13");
    }
}
