package io.plumbline.fleet.core.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a fleet file may say, and whoever is paged at night mostly wishes it did not. Pure. */
public final class Advice {

    private static final Duration DAY = Duration.ofDays(1);

    private Advice() {}

    /** A sentence each, with the way out; in the order of the file. */
    public static List<String> of(FleetSpec spec) {
        var all = new ArrayList<String>();
        for (var model : spec.models().keySet()) {
            var soak = spec.rollout(model).waves().soak();
            var cameras = spec.streams().values().stream()
                    .anyMatch(stream -> stream.model().equals(model) && takesFrames(stream));
            if (cameras && soak.compareTo(DAY) < 0) {
                all.add("model '" + model + "' sees cameras, and a wave of its rollouts is judged after " + soak
                        + ": what it does at night nobody knows by then; models." + model
                        + ".rollout.soak: P1D waits for a day and a night");
            }
        }
        spec.streams().forEach((name, stream) -> {
            if (stream.rehearsal().isEmpty() && stream.shadowShare() > 0) {
                all.add("a new build on stream '" + name + "' takes over without a rehearsal beside the one that runs;"
                        + " streams." + name + ".rehearsal: {} asks for one");
            }
        });
        return all;
    }

    private static boolean takesFrames(StreamSpec stream) {
        return stream.frames().isPresent() || !stream.sources().isEmpty();
    }
}
