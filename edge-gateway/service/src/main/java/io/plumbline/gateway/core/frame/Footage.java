package io.plumbline.gateway.core.frame;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.calibration.Windows;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.image.ImageException;
import io.plumbline.inference.image.ImageTensor;
import io.plumbline.inference.window.Reservoir;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recent frames of every stream of cameras, as they came, for calibration on this site. In memory alone: a picture of people on a disk
 * outlives what it was kept for. Not thread-safe.
 */
public final class Footage {

    /** Frames of one camera that are nearer to each other show the same: one of them is not in the other half. */
    static final Duration APART = Duration.ofSeconds(30);

    /** Windows for one frame: it is as large as hundreds of them, and tells as much. */
    private static final int FRAME_FOR_WINDOWS = 8;
    /** Of the heap, for all streams. */
    private static final int SHARE = 16;

    private final int size;
    private final Duration horizon;
    private final long mostBytes;
    private final Map<StreamId, Held> streams = new LinkedHashMap<>();

    /** A frame as it came. */
    private static final class Frame {
        private final EventId event;
        private final byte[] bytes;

        private Frame(EventId event, byte[] bytes) {
            this.event = event;
            this.bytes = bytes;
        }
    }

    private record Held(ModelName model, ImageInput input, Reservoir<Frame> reservoir) {}

    /**
     * @param windows that are kept of a stream of sensors; an eighth as many frames are
     * @param horizon device time after which a frame is forgotten
     */
    public Footage(int windows, Duration horizon) {
        this(windows, horizon, Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param mostBytes of the frames of all streams, which have equal parts */
    Footage(int windows, Duration horizon, long mostBytes) {
        this.size = Math.max(2, windows / FRAME_FOR_WINDOWS);
        this.horizon = horizon;
        this.mostBytes = mostBytes;
    }

    /**
     * @param input how the model takes the frame that this result answers
     * @param payload the frame as it came; nobody changes it any more
     */
    public void add(InferenceResult result, ImageInput input, byte[] payload) {
        var name = result.stream();
        var held = streams.get(name);
        if (held == null || !held.model.equals(result.model()) || !held.input.equals(input)) {
            var seed = name.value().hashCode();
            var reservoir = new Reservoir<Frame>(size, horizon, APART, seed);
            held = new Held(result.model(), input, reservoir);
            streams.put(name, held);
            shareOut();
        }
        held.reservoir.add(result.device(), result.eventTime(), new Frame(result.event(), payload));
    }

    private void shareOut() {
        streams.values()
                .forEach(held -> held.reservoir.bounded(mostBytes / streams.size(), frame -> frame.bytes.length));
    }

    public void remove(StreamId stream) {
        streams.remove(stream);
        shareOut();
    }

    /** Frames of all streams that run this model, decoded one at a time; empty for a model that has answered no frame. */
    public Optional<Windows.Halves> of(ModelName model) {
        var running = streams.values().stream()
                .filter(held -> held.model.equals(model))
                .toList();
        if (running.isEmpty()) {
            return Optional.empty();
        }
        var input = running.get(running.size() - 1).input;
        var calibration = new ArrayList<Frame>();
        var holdout = new ArrayList<Frame>();
        for (var held : running) {
            if (held.input.equals(input)) {
                calibration.addAll(held.reservoir.calibration());
                holdout.addAll(held.reservoir.holdout());
            }
        }
        return Optional.of(new Windows.Halves(
                new Pictures(input, calibration),
                new Pictures(input, holdout),
                holdout.stream().map(frame -> Optional.of(frame.event)).toList()));
    }

    /** Frames that were decoded before. */
    private static final class Pictures extends AbstractList<Tensor> {

        private final ImageTensor images;
        private final List<Frame> frames;

        private Pictures(ImageInput input, List<Frame> frames) {
            this.images = new ImageTensor(input);
            this.frames = frames;
        }

        @Override
        public Tensor get(int index) {
            try {
                return images.read(frames.get(index).bytes);
            } catch (ImageException e) {
                throw new IllegalStateException("a frame that was answered cannot be decoded again: a bug", e);
            }
        }

        @Override
        public int size() {
            return frames.size();
        }
    }
}
