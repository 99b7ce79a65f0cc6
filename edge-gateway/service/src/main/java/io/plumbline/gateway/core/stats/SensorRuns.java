package io.plumbline.gateway.core.stats;

import io.plumbline.contract.message.SensorFault.Kind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How long the newest values of one device repeat: one comparison per value. Saved as: number of values (i32), per value
 * itself (f32) and its repetitions (i32), start of the window (i64 millis), readings in it (i32). Not thread-safe.
 */
public final class SensorRuns {

    /** Fewer readings do not make a window flat. */
    private static final int FEWEST = 8;

    private float[] last = {};
    private int[] runs = {};
    private long window = Long.MIN_VALUE;
    private int inWindow;

    /** Hears of a fault, in the window that starts then. */
    @FunctionalInterface
    public interface Faults {

        void found(long windowStartMillis, String feature, Kind kind);
    }

    /**
     * @param values finite
     * @param windowStart of the window of statistics that the reading is in, milliseconds
     */
    public void add(float[] values, SensorLimits limits, long windowStart, Faults faults) {
        if (last.length != values.length) {
            last = values.clone();
            runs = new int[values.length];
            inWindow = 0;
            window = windowStart;
        }
        if (windowStart != window) {
            endWindow(limits, faults);
            window = windowStart;
        }
        inWindow++;
        for (int i = 0; i < values.length; i++) {
            runs[i] = values[i] == last[i] ? runs[i] + 1 : 1;
            last[i] = values[i];
            if (i < limits.size() && limits.isStuck(i, runs[i])) {
                faults.found(windowStart, limits.feature(i), Kind.STUCK);
            }
        }
    }

    private void endWindow(SensorLimits limits, Faults faults) {
        for (int i = 0; inWindow >= FEWEST && i < Math.min(runs.length, limits.size()); i++) {
            if (runs[i] >= inWindow) {
                faults.found(window, limits.feature(i), Kind.FLAT);
            }
        }
        inWindow = 0;
    }

    public void write(DataOutputStream out) throws IOException {
        out.writeInt(last.length);
        for (int i = 0; i < last.length; i++) {
            out.writeFloat(last[i]);
            out.writeInt(runs[i]);
        }
        out.writeLong(window);
        out.writeInt(inWindow);
    }

    public void read(DataInputStream in) throws IOException {
        last = new float[in.readInt()];
        runs = new int[last.length];
        for (int i = 0; i < last.length; i++) {
            last[i] = in.readFloat();
            runs[i] = in.readInt();
        }
        window = in.readLong();
        inWindow = in.readInt();
    }
}
