package io.plumbline.gateway.core.stream;

import io.plumbline.contract.id.EventId;
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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;

/** The last readings of one device: their values, and their identities. Not thread-safe. */
public final class DeviceMemory implements ReadingDecoder.Past {

    /**
     * Identities kept per device: the Receive Maximum of the connection, because a broker sends again only what it has no
     * acknowledgement for. In the snapshot, which may have 64 MiB in all, one with a sequence takes a few bytes, one without about 50.
     */
    static final int IDENTITIES = 512;

    /** Readings kept while it is not known how many make a window. */
    private static final int READINGS = 256;

    private final ArrayDeque<Kept> recent = new ArrayDeque<>();
    private final LinkedHashSet<EventId> identities = new LinkedHashSet<>();
    private final BirthCertificate certificate = new BirthCertificate();
    private final SensorRuns runs = new SensorRuns();
    private Optional<Filling> filling = Optional.empty();

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
     * Moves the window on. The reading itself is remembered only by {@link #remember}, so that nothing is left of one that
     * could not be answered.
     *
     * @param input what the running build takes; empty if it is not known, then no window is made
     * @return the window that ends with this reading, if it is full; a build that was swapped in goes on with the readings
     *     from before
     */
    Optional<Tensor> window(Reading reading, Optional<SensorInput> input) {
        var values = reading.values();
        return input.filter(in -> in.features().size() == values.length)
                .flatMap(in -> windowOf(in).add(reading.time(), values));
    }

    /** The window is made anew from what is remembered. */
    void abandon() {
        filling = Optional.empty();
    }

    /** The reading of the newest window was answered. */
    void remember(Reading reading, Optional<SensorInput> input) {
        remember(reading.event());
        recent.addLast(new Kept(reading.time(), reading.values()));
        var keep = input.map(SensorInput::window).orElse(READINGS);
        while (recent.size() > keep) {
            recent.removeFirst();
        }
    }

    SensorRuns runs() {
        return runs;
    }

    /** Only that this was taken. */
    void remember(EventId event) {
        identities.add(event);
        while (identities.size() > IDENTITIES) {
            var oldest = identities.iterator();
            oldest.next();
            oldest.remove();
        }
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
        Identities.write(identities, out);
        certificate.write(out);
    }

    /** @param births whether birth certificates were kept */
    static DeviceMemory read(DataInputStream in, boolean births) throws IOException {
        var memory = new DeviceMemory();
        var readings = in.readInt();
        for (int i = 0; i < readings; i++) {
            var time = Instant.ofEpochMilli(in.readLong());
            var values = new float[in.readInt()];
            for (int j = 0; j < values.length; j++) {
                values[j] = in.readFloat();
            }
            memory.recent.addLast(new Kept(time, values));
        }
        Identities.read(in, memory.identities);
        if (births) {
            memory.certificate.read(in);
        }
        return memory;
    }
}
