package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.core.calibration.KeptWindow;
import io.plumbline.gateway.core.calibration.Windows;
import io.plumbline.gateway.core.frame.Footage;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.card.SensorInput;
import io.plumbline.inference.window.Reservoir;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recent windows and frames of every stream, for calibration on this site's own readings. They never leave it, and frames are in memory
 * alone. Not thread-safe.
 */
public final class Reservoirs {

    private static final int VERSION = 2;
    /** Windows had no ids of readings. */
    private static final int NAMELESS = 1;

    private static final int MOST_BYTES = 8 << 20;
    /** Save four times while what is kept turns over once. */
    private static final double WORTH_SAVING = 0.25;

    private final int size;
    private final Duration horizon;
    private final Footage footage;
    private final Map<StreamId, Saved> saved = new LinkedHashMap<>();
    private final Map<StreamId, Held> streams = new LinkedHashMap<>();

    /** What a stopped gateway left of a stream. */
    private static final class Saved {
        private final ModelName model;
        private final Duration length;
        private final boolean named;
        private final byte[] windows;

        private Saved(ModelName model, Duration length, boolean named, byte[] windows) {
            this.model = model;
            this.length = length;
            this.named = named;
            this.windows = windows;
        }
    }

    private record Held(ModelName model, SensorInput input, Reservoir<KeptWindow> reservoir) {}

    /**
     * @param size windows kept per stream
     * @param horizon device time after which a window is forgotten
     */
    public Reservoirs(int size, Duration horizon) {
        this.size = size;
        this.horizon = horizon;
        this.footage = new Footage(size, horizon);
    }

    /** @param input how the model takes the window that this result answers */
    void add(InferenceResult result, SensorInput input, Tensor window) {
        var name = result.stream();
        var model = result.model();
        var held = streams.get(name);
        if (held == null || !held.model.equals(model) || !held.input.equals(input)) {
            held = new Held(
                    model,
                    input,
                    new Reservoir<>(size, horizon, length(input), name.value().hashCode()));
            streams.put(name, held);
            takeOver(name, held);
        }
        var kept = new KeptWindow(Optional.of(result.event()), window);
        held.reservoir.add(result.device(), result.eventTime(), kept);
    }

    /**
     * @param input how the model takes the frame that this result answers
     * @param payload the frame as it came; nobody changes it any more
     */
    void add(InferenceResult result, ImageInput input, byte[] payload) {
        footage.add(result, input, payload);
    }

    void remove(StreamId stream) {
        footage.remove(stream);
        streams.remove(stream);
        saved.remove(stream);
    }

    /** Whether enough has changed since the last save to be worth the wear of the disk. */
    boolean isWorthSaving() {
        return streams.values().stream().anyMatch(held -> held.reservoir.turnover() >= WORTH_SAVING);
    }

    /**
     * Version byte 2, number of streams (i32), and per stream its name, its model, the length of a window (i64 millis), whether its
     * windows have ids, the length of the reservoir and the reservoir. Empty if it would be larger than {@value #MOST_BYTES} bytes: then windows
     * do not outlive a restart.
     */
    Optional<byte[]> toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            // With those of streams that have not spoken since the start.
            var all = new LinkedHashMap<>(saved);
            for (var entry : streams.entrySet()) {
                all.put(entry.getKey(), save(entry.getValue()));
            }
            out.writeInt(all.size());
            for (var entry : all.entrySet()) {
                var one = entry.getValue();
                out.writeUTF(entry.getKey().value());
                out.writeUTF(one.model.value());
                out.writeLong(one.length.toMillis());
                out.writeBoolean(one.named);
                out.writeInt(one.windows.length);
                out.write(one.windows);
            }
        } catch (IOException e) {
            throw new IllegalStateException("reservoirs that cannot be written are a bug", e);
        }
        return bytes.size() > MOST_BYTES ? Optional.empty() : Optional.of(bytes.toByteArray());
    }

    private static Saved save(Held held) throws IOException {
        var windows = new ByteArrayOutputStream();
        held.reservoir.write(new DataOutputStream(windows), Reservoirs::writeWindow);
        return new Saved(held.model, length(held.input), true, windows.toByteArray());
    }

    /**
     * Takes over what was saved, each stream's when its first window comes.
     *
     * @throws MalformedMessageException if the bytes are no reservoirs
     */
    public void restore(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var version = in.readUnsignedByte();
            if (version != VERSION && version != NAMELESS) {
                throw new MalformedMessageException("reservoirs of unknown version " + version);
            }
            var count = in.readInt();
            for (int i = 0; i < count; i++) {
                var name = new StreamId(in.readUTF());
                var model = new ModelName(in.readUTF());
                var length = Duration.ofMillis(in.readLong());
                var named = version != NAMELESS && in.readBoolean();
                saved.put(name, new Saved(model, length, named, in.readNBytes(in.readInt())));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedMessageException("reservoirs end too early or are damaged", e);
        }
    }

    private void takeOver(StreamId name, Held held) {
        var before = saved.remove(name);
        if (before == null || !before.model.equals(held.model) || !before.length.equals(length(held.input))) {
            return;
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(before.windows))) {
            held.reservoir.read(in, before.named ? Reservoirs::readWindow : Reservoirs::readNameless);
        } catch (IOException e) {
            throw new MalformedMessageException("the saved reservoir of stream " + name + " is damaged", e);
        }
    }

    private static void writeWindow(DataOutputStream out, KeptWindow kept) throws IOException {
        out.writeUTF(kept.reading().map(EventId::value).orElse(""));
        writeTensor(out, kept.window());
    }

    private static KeptWindow readWindow(DataInputStream in) throws IOException {
        var reading = in.readUTF();
        return new KeptWindow(reading.isEmpty() ? Optional.empty() : Optional.of(new EventId(reading)), readTensor(in));
    }

    private static KeptWindow readNameless(DataInputStream in) throws IOException {
        return new KeptWindow(Optional.empty(), readTensor(in));
    }

    private static void writeTensor(DataOutputStream out, Tensor tensor) throws IOException {
        var shape = tensor.shape();
        out.writeByte(shape.length);
        for (long axis : shape) {
            out.writeInt(Math.toIntExact(axis));
        }
        // At once: value by value, the copy of a full reservoir kept readings waiting.
        var values = ByteBuffer.allocate(tensor.size() * Float.BYTES);
        values.asFloatBuffer().put(tensor.toArray());
        out.write(values.array());
    }

    private static Tensor readTensor(DataInputStream in) throws IOException {
        var shape = new long[in.readUnsignedByte()];
        var size = 1L;
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = in.readInt();
            size *= shape[axis];
        }
        if (size < 0 || size > in.available() / Float.BYTES) {
            throw new IOException("a kept window of shape " + Arrays.toString(shape) + " is cut off");
        }
        var data = new float[(int) size];
        for (int i = 0; i < data.length; i++) {
            data[i] = in.readFloat();
        }
        return Tensor.of(shape, data);
    }

    private static Duration length(SensorInput input) {
        return input.interval().multipliedBy(input.window());
    }

    /** The calibration part of a stream of sensors; nothing of a camera's. */
    List<Tensor> calibration(StreamId stream) {
        var held = streams.get(stream);
        return held == null ? List.of() : tensors(held.reservoir.calibration());
    }

    /** Of a model of cameras the frames, else the windows. */
    Windows.Halves of(ModelName model) {
        var frames = footage.of(model);
        if (frames.isPresent()) {
            return frames.get();
        }
        var calibration = new ArrayList<KeptWindow>();
        var holdout = new ArrayList<KeptWindow>();
        for (var held : streams.values()) {
            if (held.model.equals(model)) {
                calibration.addAll(held.reservoir.calibration());
                holdout.addAll(held.reservoir.holdout());
            }
        }
        return new Windows.Halves(
                tensors(calibration),
                tensors(holdout),
                holdout.stream().map(KeptWindow::reading).toList());
    }

    private static List<Tensor> tensors(List<KeptWindow> windows) {
        return windows.stream().map(KeptWindow::window).toList();
    }
}
