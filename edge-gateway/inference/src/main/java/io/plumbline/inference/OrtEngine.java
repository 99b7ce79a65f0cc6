package io.plumbline.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model in ONNX Runtime on the CPU. Input tensors live in direct buffers that are reused from run to run while the
 * shape stays the same. Confined to one thread at a time.
 */
public final class OrtEngine implements InferenceEngine {

    private final OrtSession session;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Map<String, Slot> slots = new HashMap<>();
    private boolean closed;

    private OrtEngine(OrtSession session, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        this.session = session;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** @throws ModelLoadException if the bytes are no model, or one that this runtime or this class cannot run */
    public static OrtEngine load(byte[] onnx, EngineOptions options) throws ModelLoadException {
        var environment = OrtEnvironment.getEnvironment();
        OrtSession session = null;
        try (var settings = settings(options)) {
            session = environment.createSession(onnx, settings);
            return new OrtEngine(session, specs(session.getInputInfo()), specs(session.getOutputInfo()));
        } catch (OrtException e) {
            throw new ModelLoadException("ONNX Runtime cannot load the model: " + firstLine(e), e);
        } catch (ModelLoadException e) {
            close(session);
            throw e;
        }
    }

    static OrtSession.SessionOptions settings(EngineOptions options) throws OrtException {
        var settings = new OrtSession.SessionOptions();
        settings.setIntraOpNumThreads(options.intraOpThreads());
        settings.setInterOpNumThreads(1);
        settings.addConfigEntry("session.intra_op.allow_spinning", "0");
        settings.setOptimizationLevel(
                switch (options.optimization()) {
                    case NONE -> OrtSession.SessionOptions.OptLevel.NO_OPT;
                    case BASIC -> OrtSession.SessionOptions.OptLevel.BASIC_OPT;
                    case ALL -> OrtSession.SessionOptions.OptLevel.ALL_OPT;
                });
        return settings;
    }

    private static List<TensorSpec> specs(Map<String, NodeInfo> infos) throws ModelLoadException {
        var specs = new ArrayList<TensorSpec>();
        for (var entry : infos.entrySet()) {
            if (!(entry.getValue().getInfo() instanceof TensorInfo info) || info.type != OnnxJavaType.FLOAT) {
                throw new ModelLoadException("tensor '" + entry.getKey() + "' is "
                        + entry.getValue().getInfo() + "; only float32 tensors are supported");
            }
            var shape = new ArrayList<Long>();
            for (long axis : info.getShape()) {
                shape.add(axis);
            }
            specs.add(new TensorSpec(entry.getKey(), shape));
        }
        return List.copyOf(specs);
    }

    @Override
    public List<TensorSpec> inputs() {
        return inputs;
    }

    @Override
    public List<TensorSpec> outputs() {
        return outputs;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> values) {
        try {
            var given = new HashMap<String, OnnxTensor>();
            for (var spec : inputs) {
                given.put(spec.name(), place(spec, values));
            }
            try (var results = session.run(given)) {
                return copy(results);
            }
        } catch (OrtException e) {
            throw new InferenceException("ONNX Runtime failed: " + firstLine(e), e);
        }
    }

    private OnnxTensor place(TensorSpec spec, Map<String, Tensor> values) throws OrtException {
        var value = values.get(spec.name());
        if (value == null) {
            throw new IllegalArgumentException("input '" + spec.name() + "' is missing");
        }
        var shape = value.shape();
        if (!spec.accepts(shape)) {
            throw new IllegalArgumentException(
                    "input '" + spec.name() + "' of shape " + spec.shape() + " was given " + value);
        }
        var slot = slots.get(spec.name());
        if (slot == null || !Arrays.equals(slot.shape, shape)) {
            if (slot != null) {
                slot.tensor.close();
            }
            slot = new Slot(shape, value.size());
            slots.put(spec.name(), slot);
        }
        slot.buffer.clear();
        slot.buffer.put(value.view());
        return slot.tensor;
    }

    private Map<String, Tensor> copy(OrtSession.Result results) throws OrtException {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        for (var entry : results) {
            var tensor = (OnnxTensor) entry.getValue();
            var buffer = tensor.getFloatBuffer();
            var data = new float[buffer.remaining()];
            buffer.get(data);
            copies.put(entry.getKey(), Tensor.of(tensor.getInfo().getShape(), data));
        }
        return copies;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        slots.values().forEach(slot -> slot.tensor.close());
        slots.clear();
        close(session);
    }

    private static void close(@Nullable OrtSession session) {
        if (session == null) {
            return;
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new InferenceException("ONNX Runtime failed to close a session: " + firstLine(e), e);
        }
    }

    static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** A reused input tensor over a direct buffer. */
    private static final class Slot {
        private final long[] shape;
        private final FloatBuffer buffer;
        private final OnnxTensor tensor;

        private Slot(long[] shape, int size) throws OrtException {
            this.shape = shape;
            this.buffer = ByteBuffer.allocateDirect(size * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            this.tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, shape);
        }
    }
}
