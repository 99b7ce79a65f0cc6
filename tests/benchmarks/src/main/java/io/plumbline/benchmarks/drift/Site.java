package io.plumbline.benchmarks.drift;

import io.plumbline.benchmarks.drift.Mote.Answer;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A simulated site with its motes, window by window. Not thread-safe. */
final class Site {

    static final int MOTES = 4;
    static final int READINGS = 60;
    static final double WINDOWS_PER_HOUR = 12;

    private static final double COMPARED = 0.5;
    private static final double HARDLY_COMPARED = 0.01;
    private static final double LABELLED = 0.2;

    private final List<Mote> motes = new ArrayList<>();
    private final SplittableRandom random;
    private final Setting setting;
    private final int stuckFrom;
    private int repeated;
    private int window;

    /**
     * What is simulated.
     *
     * @param place same place, same devices: the offsets of its motes come from it
     * @param causeAt window in which the cause begins
     */
    record Setting(Climate climate, Ranges ranges, Cause cause, int causeAt, long place) {}

    Site(Setting setting, Profiled reference, long seed) {
        this.setting = setting;
        this.stuckFrom = reference.stuckFrom();
        this.random = new SplittableRandom(seed);
        var offsets = new SplittableRandom(setting.place());
        for (int i = 0; i < MOTES; i++) {
            motes.add(new Mote(setting.climate(), random.split(), offsets));
        }
    }

    /** The next window. */
    Window next() {
        var hours = (window - setting.causeAt()) / WINDOWS_PER_HOUR;
        var progress = setting.cause().progress(hours);
        var seen = new Window(window);
        for (int mote = 0; mote < MOTES; mote++) {
            for (int reading = 0; reading < READINGS; reading++) {
                reading(mote, (long) window * READINGS + reading, progress, seen);
            }
        }
        if (progress > 0 && setting.cause().kind() == Cause.Kind.DEAD) {
            seen.fault(SensorFault.one(device(0), "", Kind.SILENT));
        }
        window++;
        return seen;
    }

    private void reading(int index, long at, double progress, Window seen) {
        var cause = setting.cause();
        var mote = motes.get(index);
        var broken = index == 0 && progress > 0;
        if (broken && cause.kind() == Cause.Kind.DEAD) {
            return;
        }
        if (broken && cause.kind() == Cause.Kind.IMPOSSIBLE && at % 3 == 0) {
            seen.fault(SensorFault.one(device(0), Window.FEATURES.get(0), Kind.OUT_OF_RANGE));
            return;
        }
        var isStuck = broken && cause.kind() == Cause.Kind.STUCK;
        var answer = mote.next(at, cause, progress, setting.ranges());
        if (isStuck) {
            answer = mote.stuck(Ranges.beyond(), cause, setting.ranges());
            if (++repeated >= stuckFrom) {
                seen.fault(SensorFault.one(device(0), Window.FEATURES.get(0), Kind.STUCK));
            }
        }
        seen.reading(mote);
        answered(answer, progress, seen);
    }

    private void answered(Answer answer, double progress, Window seen) {
        var kind = setting.cause().kind();
        seen.answer(answer);
        if (random.nextDouble() < (kind == Cause.Kind.BLIND && progress > 0 ? HARDLY_COMPARED : COMPARED)) {
            seen.compared(answer);
        }
        var isLabelled = progress == 0 || (kind != Cause.Kind.DOUBT && kind != Cause.Kind.UNLABELLED);
        if (isLabelled && random.nextDouble() < LABELLED) {
            seen.labelled(answer);
        }
    }

    private static DeviceId device(int index) {
        return new DeviceId("mote-" + (index + 1));
    }
}
