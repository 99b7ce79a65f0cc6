package io.plumbline.gateway.core.stream;

import io.plumbline.contract.fleet.Windowing;
import io.plumbline.contract.id.EventId;
import io.plumbline.gateway.core.outbox.Placing;
import io.plumbline.gateway.core.reading.BirthCertificate;
import io.plumbline.gateway.core.reading.Reading;
import io.plumbline.gateway.core.reading.ReadingDecoder;
import io.plumbline.gateway.core.stats.SensorRuns;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.SensorInput;
import io.plumbline.inference.window.SlidingWindow;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Optional;

/** The last readings of one device: their values, and their identities. Not thread-safe. */
public final class DeviceMemory implements ReadingDecoder.Past {

    /** Readings kept while it is not known how many make a window. */
    private static final int READINGS = 256;

    private final ArrayDeque<Kept> recent = new ArrayDeque<>();
    private final Identities identities;
    private final BirthCertificate certificate = new BirthCertificate();
    private final SensorRuns runs = new SensorRuns();
    private Optional<Filling> filling = Optional.empty();
    private boolean asked;
    private int sinceAsked = Windowing.MOST_STRIDE;
    private int aside;
    private long lastUse;

    DeviceMemory() {
        this(new Identities());
    }

    private DeviceMemory(Identities identities) {
        this.identities = identities;
    }

    private static final class Kept {
        private final Instant time;
        private final float[] values;

        private Kept(Instant time, float[] values) {
            this.time = time;
            this.values = values;
        }
    }

    private record Filling(SensorInput input, SlidingWindow window) {}

    @Override
    public BirthCertificate certificate() {
        return certificate;
    }

    @Override
    public float[] values() {
        return recent.isEmpty() ? new float[0] : recent.getLast().values.clone();
    }

    /** Whether this very reading was taken before. */
    public boolean knows(EventId event) {
        return identities.contains(event);
    }

    /**
     * Where a reading goes. So many too late ones in a row as make a window say that the device's clock was set back; then the
     * window begins again.
     *
     * @param input what the running build takes; empty if it is not known
     */
    Placing place(Instant time, Windowing windowing, Optional<SensorInput> input) {
        if (windowing.lateness().isPresent() && !recent.isEmpty()) {
            var behind = Duration.between(time, recent.getLast().time);
            if (behind.compareTo(Duration.ZERO) > 0) {
                if (behind.compareTo(windowing.lateness().get()) <= 0) {
                    return Placing.LATE;
                }
                if (aside < kept(input)) {
                    return Placing.ASIDE;
                }
            }
        }
        return sinceAsked + 1 >= windowing.stride() ? Placing.NEXT : Placing.BETWEEN;
    }

    private static int kept(Optional<SensorInput> input) {
        return input.map(SensorInput::window).orElse(READINGS);
    }

    /**
     * Moves the window on. The reading itself is remembered only by {@link #remember}, so that nothing is left of one that
     * could not be answered.
     *
     * @param input what the running build takes; empty if it is not known, then no window is made
     * @return the window that ends with this reading, if it is full and the model is to be asked; a build that was swapped in goes on with the readings
     *     from before
     */
    Optional<Tensor> window(Reading reading, Placing placing, Optional<SensorInput> input) {
        asked = false;
        if (placing == Placing.LATE || placing == Placing.ASIDE) {
            return Optional.empty();
        }
        var values = reading.values();
        var full = input.filter(in -> in.features().size() == values.length)
                .flatMap(in -> windowOf(in).add(reading.time(), values));
        asked = placing == Placing.NEXT && full.isPresent();
        return asked ? full : Optional.empty();
    }

    /** The window is made anew from what is remembered. */
    void abandon() {
        filling = Optional.empty();
        asked = false;
    }

    /** The reading of the newest window was answered. */
    void remember(Reading reading, Placing placing, Optional<SensorInput> input) {
        remember(reading.event());
        sinceAsked = asked ? 0 : Math.min(sinceAsked + 1, Windowing.MOST_STRIDE);
        aside = placing == Placing.ASIDE ? aside + 1 : 0;
        if (placing == Placing.ASIDE) {
            return;
        }
        var kept = new Kept(reading.time(), reading.values());
        if (placing == Placing.LATE) {
            insert(kept);
            filling = Optional.empty();
        } else {
            recent.addLast(kept);
        }
        while (recent.size() > kept(input)) {
            recent.removeFirst();
        }
    }

    /** Behind those that are not newer; not before a moment at which the clock was set back. */
    private void insert(Kept late) {
        var newer = new ArrayDeque<Kept>();
        while (!recent.isEmpty()
                && recent.getLast().time.isAfter(late.time)
                && (newer.isEmpty() || !recent.getLast().time.isAfter(newer.getFirst().time))) {
            newer.addFirst(recent.removeLast());
        }
        recent.addLast(late);
        recent.addAll(newer);
    }

    SensorRuns runs() {
        return runs;
    }

    /** Only that this was taken. */
    void remember(EventId event) {
        identities.add(event);
    }

    private SlidingWindow windowOf(SensorInput input) {
        if (filling.isEmpty() || !filling.get().input.equals(input)) {
            var features = input.features().size();
            var window = new SlidingWindow(input.window(), features, input.interval());
            for (var kept : recent) {
                if (kept.values.length == features) {
                    window.add(kept.time, kept.values);
                }
            }
            filling = Optional.of(new Filling(input, window));
        }
        return filling.get().window;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(recent.size());
        for (var kept : recent) {
            out.writeLong(kept.time.toEpochMilli());
            out.writeInt(kept.values.length);
            for (float value : kept.values) {
                out.writeFloat(value);
            }
        }
        identities.write(out);
        certificate.write(out);
    }

    /** @param use number that rises from one use of any device to the next */
    void used(long use) {
        lastUse = use;
    }

    /** Number of its last use; 0 if it never said anything that was taken. */
    long lastUse() {
        return lastUse;
    }

    /** How many readings ago the model was asked (i32), and how many were too late in a row (i32). */
    void writePace(DataOutputStream out) throws IOException {
        out.writeInt(sinceAsked);
        out.writeInt(aside);
    }

    void readPace(DataInputStream in) throws IOException {
        sinceAsked = in.readInt();
        aside = in.readInt();
    }

    /** @param births whether birth certificates were kept */
    static DeviceMemory read(DataInputStream in, boolean births) throws IOException {
        var recent = new ArrayList<Kept>();
        var readings = in.readInt();
        for (int i = 0; i < readings; i++) {
            var time = Instant.ofEpochMilli(in.readLong());
            var values = new float[in.readInt()];
            for (int j = 0; j < values.length; j++) {
                values[j] = in.readFloat();
            }
            recent.add(new Kept(time, values));
        }
        var memory = new DeviceMemory(Identities.read(in));
        memory.recent.addAll(recent);
        if (births) {
            memory.certificate.read(in);
        }
        return memory;
    }
}
