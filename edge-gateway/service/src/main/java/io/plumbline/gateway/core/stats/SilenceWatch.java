package io.plumbline.gateway.core.stats;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.reading.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which devices say nothing any more, by this gateway's clock: nothing for ten of the intervals that are usual for the
 * device, and for half a minute at least, while the broker could be heard. A device that was never heard is measured from the
 * moment it was first looked for. Not thread-safe.
 */
public final class SilenceWatch {

    private static final int INTERVALS = 10;
    private static final long LEAST_MILLIS = Duration.ofSeconds(30).toMillis();
    private static final double NEWEST_COUNTS = 1.0 / 16;

    private final Map<Source, Heard> devices = new HashMap<>();
    private long hearingSince = Long.MAX_VALUE;

    private static final class Heard {
        private long at;
        private double usual;
        private Instant told = Instant.MIN;

        private Heard(long at) {
            this.at = at;
        }

        /** One long silence counts little, so that the next is noticed soon. */
        private void again(long now, long gap) {
            usual = usual == 0 ? gap : usual + (Math.min(gap, 2 * usual) - usual) * NEWEST_COUNTS;
            at = now;
        }
    }

    /** A message came, whether it is a reading or not. */
    public void heard(Source source, Instant now) {
        var millis = now.toEpochMilli();
        var known = devices.get(source);
        if (known == null) {
            devices.put(source, new Heard(millis));
        } else {
            known.again(millis, Math.max(0, millis - known.at));
        }
    }

    /** Whether messages could come at all, to be told every few seconds at least. */
    public void listening(boolean hearing, Instant now) {
        hearingSince = hearing ? Math.min(hearingSince, now.toEpochMilli()) : Long.MAX_VALUE;
    }

    /**
     * Devices of a stream.
     *
     * @param interval between two readings, as the model card has it; zero where it does not say
     */
    public record Asked(StreamId stream, Set<DeviceId> devices, Duration interval) {}

    /**
     * The silent ones that were not told for this window before.
     *
     * @param window start of the stream's newest window of statistics
     */
    public List<DeviceId> silent(Asked asked, Instant window, Instant now) {
        var interval = asked.interval().toMillis();
        return asked.devices().stream()
                .filter(device -> isNewlySilent(new Source(device, asked.stream()), interval, window, now))
                .toList();
    }

    private boolean isNewlySilent(Source source, long interval, Instant window, Instant now) {
        var millis = now.toEpochMilli();
        var heard = devices.computeIfAbsent(source, device -> new Heard(millis));
        var patience = Math.max(LEAST_MILLIS, (long) (INTERVALS * Math.max(heard.usual, interval)));
        if (hearingSince > millis
                || millis - Math.max(heard.at, hearingSince) < patience
                || heard.told.equals(window)) {
            return false;
        }
        heard.told = window;
        return true;
    }

    /** Forgets the devices of this stream that are not assigned any more. */
    public void retain(StreamId stream, Set<DeviceId> assigned) {
        devices.keySet().removeIf(source -> source.stream().equals(stream) && !assigned.contains(source.device()));
    }
}
