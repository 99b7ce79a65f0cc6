package io.plumbline.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.plumbline.inference.EngineOptions.Optimization;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model in ONNX Runtime on the CPU. Inputs and outputs live in direct buffers that are used again from run to run, for the
 * shapes that the last runs had; a model whose output shapes depend on values is noticed, and its outputs are then taken
 * from the runtime afresh each time. Confined to one thread at a time.
 */
public final class OrtEngine implements InferenceEngine {

    private final OrtSession session;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Map<String, ElementType> outputTypes = new HashMap<>();
    private final Bindings bindings;
    /** Outputs that are inputs: the runtime does not write them where it is told to. */
    private final List<String> echoed;

    private boolean pinnable = true;
    private boolean closed;

    private OrtEngine(OrtSession session, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        this.session = session;
        this.inputs = inputs;
        this.outputs = outputs;
        this.bindings = new Bindings(inputs);
        outputs.forEach(output -> outputTypes.put(output.name(), output.type()));
        var given = inputs.stream().map(TensorSpec::name).toList();
        this.echoed =
                outputs.stream().map(TensorSpec::name).filter(given::contains).toList();
    }

    /** @throws ModelLoadException if the bytes are no model, or one that this runtime or this class cannot run */
    public static OrtEngine load(byte[] onnx, EngineOptions options) throws ModelLoadException {
        try (var settings = settings(options)) {
            return of(environment().createSession(onnx, settings));
        } catch (OrtException e) {
            throw unloadable(e);
        }
    }

    /**
     * Loads a file, and the files beside it that its weights may lie in; the only way for models above 2 GB.
     *
     * @throws ModelLoadException if the file is no model, or one that this runtime or this class cannot run
     */
    public static OrtEngine load(Path onnx, EngineOptions options) throws ModelLoadException {
        try (var settings = settings(options)) {
            return of(environment().createSession(onnx.toString(), settings));
        } catch (OrtException e) {
            throw unloadable(e);
        }
    }

    private static OrtEngine of(OrtSession session) throws OrtException, ModelLoadException {
        try {
            return new OrtEngine(session, specs(session.getInputInfo()), specs(session.getOutputInfo()));
        } catch (OrtException | ModelLoadException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** The one environment of the process. What the runtime would log comes back as exceptions. */
    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    }

    static OrtSession.SessionOptions settings(EngineOptions options) throws OrtException {
        var settings = new OrtSession.SessionOptions();
        try {
            settings.setIntraOpNumThreads(options.intraOpThreads());
            settings.setInterOpNumThreads(1);
            settings.addConfigEntry("session.intra_op.allow_spinning", "0");
            settings.setOptimizationLevel(level(options.optimization()));
            return settings;
        } catch (OrtException e) {
            settings.close();
            throw e;
        }
    }

    /** Of ONNX Runtime. */
    public static String runtimeVersion() {
        return environment().getVersion();
    }

    private static OrtSession.SessionOptions.OptLevel level(Optimization optimization) {
        return switch (optimization) {
            case NONE -> OrtSession.SessionOptions.OptLevel.NO_OPT;
            case BASIC -> OrtSession.SessionOptions.OptLevel.BASIC_OPT;
            case ALL -> OrtSession.SessionOptions.OptLevel.ALL_OPT;
        };
    }

    private static List<TensorSpec> specs(Map<String, NodeInfo> infos) throws ModelLoadException {
        var specs = new ArrayList<TensorSpec>();
        for (var entry : infos.entrySet()) {
            specs.add(spec(entry.getKey(), entry.getValue()));
        }
        return List.copyOf(specs);
    }

    private static TensorSpec spec(String name, NodeInfo node) throws ModelLoadException {
        if (!(node.getInfo() instanceof TensorInfo info)) {
            throw new ModelLoadException("'" + name + "' is no tensor; inputs and outputs must be");
        }
        var type = ElementType.named(OrtGraphTools.typeOf(info))
                .orElseThrow(() -> new ModelLoadException("'" + name + "' is " + OrtGraphTools.typeOf(info)
                        + "; inputs and outputs must be one of float, double, int64, int32, int8, uint8, bool"));
        var shape = new ArrayList<Long>();
        for (long axis : info.getShape()) {
            shape.add(axis);
        }
        return new TensorSpec(name, shape, type);
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
        if (closed) {
            throw new IllegalStateException("running a closed model is a bug");
        }
        try {
            var binding = bindings.holding(checked(values));
            var outputs = binding.pinned().isEmpty() ? runAndPin(binding) : runPinned(binding);
            echoed.forEach(name -> outputs.replace(name, values.get(name)));
            return outputs;
        } catch (OrtException e) {
            throw new InferenceException("ONNX Runtime failed: " + firstLine(e), e);
        }
    }

    private List<Tensor> checked(Map<String, Tensor> values) {
        var checked = new ArrayList<Tensor>(inputs.size());
        for (var spec : inputs) {
            var value = values.get(spec.name());
            if (value == null) {
                throw new IllegalArgumentException("input '" + spec.name() + "' is missing");
            }
            if (!spec.accepts(value.axes())) {
                throw new IllegalArgumentException(
                        "input '" + spec.name() + "' of shape " + spec.shape() + " was given " + value);
            }
            checked.add(value);
        }
        return checked;
    }

    private Map<String, Tensor> runPinned(Binding binding) throws OrtException {
        try {
            session.run(binding.given(), binding.pinned().values()).close();
            return binding.pinned().copy();
        } catch (OrtException e) {
            // The shape of an output may depend on values; a run that fails for another reason fails again.
            pinnable = false;
            bindings.unpin();
            return runAndPin(binding);
        }
    }

    private Map<String, Tensor> runAndPin(Binding binding) throws OrtException {
        try (var results = session.run(binding.given())) {
            Map<String, Tensor> copies = new LinkedHashMap<>();
            for (var entry : results) {
                copies.put(entry.getKey(), copy((OnnxTensor) entry.getValue(), outputType(entry.getKey())));
            }
            if (pinnable && binding.isUsedAgain() && copies.values().stream().allMatch(tensor -> tensor.size() > 0)) {
                binding.pinned().pin(copies, outputTypes);
            }
            return copies;
        }
    }

    private ElementType outputType(String name) {
        return outputTypes.getOrDefault(name, ElementType.FLOAT32);
    }

    private static Tensor copy(OnnxTensor tensor, ElementType type) {
        return OrtTensor.read(
                tensor.getByteBuffer().order(ByteOrder.nativeOrder()),
                tensor.getInfo().getShape(),
                type);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        bindings.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new InferenceException("ONNX Runtime failed to close a session: " + firstLine(e), e);
        }
    }

    static ModelLoadException unloadable(OrtException e) {
        return new ModelLoadException("ONNX Runtime cannot load the model: " + firstLine(e), e);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
