package io.plumbline.cli.climate;

import io.plumbline.cli.climate.ClimateReadings.Mote;
import io.plumbline.cli.climate.ClimateReadings.Reading;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.inference.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The first readings of every mote, moved in time and, perhaps, into another climate.
 *
 * @param readings of each mote
 * @param start device time of the first
 */
public record Stretch(List<Mote> motes, int readings, Instant start, Transformation transformation) {

    public static final Duration INTERVAL = Duration.ofSeconds(5);
    public static final StreamId STREAM = new StreamId("climate");
    private static final int WINDOW = 16;

    public Stretch {
        motes = List.copyOf(motes);
    }

    /** A reading as a mote says it. */
    public record Spoken(DeviceId device, SiteId site, long sequence, Instant time, Reading reading) {

        public EventId event() {
            return EventId.ofSequence(device, STREAM, time, sequence);
        }

        /** What goes over MQTT. */
        public String payload() {
            return "{\"seq\":" + sequence + ",\"time\":\"" + time + "\",\"humidity\":" + reading.humidity()
                    + ",\"temperature\":" + reading.temperature() + "}";
        }
    }

    /** What all motes say at one instant. */
    public List<Spoken> at(int index) {
        var time = start.plus(INTERVAL.multipliedBy(index));
        var spoken = new ArrayList<Spoken>(motes.size());
        for (var mote : motes) {
            var reading = transformation.apply(mote.readings().get(index));
            spoken.add(new Spoken(mote.device(), mote.site(), index + 1L, time, reading));
        }
        return spoken;
    }

    /** An input of the model with the truth about its newest reading. */
    public record LabelledWindow(Tensor values, boolean event) {}

    /** Every window of every mote that lies in the stretch. */
    public List<LabelledWindow> windows() {
        var windows = new ArrayList<LabelledWindow>();
        for (var mote : motes) {
            windows.addAll(windows(mote, 0, readings));
        }
        return windows;
    }

    /** The windows of one mote whose readings have indices in [from, to). */
    private List<LabelledWindow> windows(Mote mote, int from, int to) {
        var moved = mote.readings().subList(from, to).stream()
                .map(transformation::apply)
                .toList();
        var windows = new ArrayList<LabelledWindow>();
        for (int end = WINDOW; end <= moved.size(); end++) {
            windows.add(new LabelledWindow(
                    tensor(moved.subList(end - WINDOW, end)), moved.get(end - 1).event()));
        }
        return windows;
    }

    private static Tensor tensor(List<Reading> readings) {
        var data = new float[readings.size() * 2];
        for (int i = 0; i < readings.size(); i++) {
            data[2 * i] = (float) readings.get(i).humidity();
            data[2 * i + 1] = (float) readings.get(i).temperature();
        }
        return Tensor.of(new long[] {1, readings.size(), 2}, data);
    }

    /** Windows of the indoor motes' first readings as one tensor [n, 16, 2]: what a model's owner would hand over. */
    public static Tensor indoorSamples(ClimateReadings readings, int count) {
        var stretch = new Stretch(
                readings.motes().stream().filter(Mote::indoor).toList(), count, Instant.EPOCH, Transformation.NONE);
        var windows = stretch.windows();
        var size = WINDOW * 2;
        var data = new float[windows.size() * size];
        for (int i = 0; i < windows.size(); i++) {
            System.arraycopy(windows.get(i).values().toArray(), 0, data, i * size, size);
        }
        return Tensor.of(new long[] {windows.size(), WINDOW, 2}, data);
    }

    /** Device time from the first to just after the last reading. */
    public Duration length() {
        return INTERVAL.multipliedBy(readings);
    }
}
