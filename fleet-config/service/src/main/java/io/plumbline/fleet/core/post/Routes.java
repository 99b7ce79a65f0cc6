package io.plumbline.fleet.core.post;

import io.plumbline.contract.message.Alert;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who is to be told of an alert. Pure. */
public final class Routes {

    private Routes() {}

    /**
     * The letters about an alert. A sink that wants it and was not told yet is told as soon as no silence holds the alert back; what
     * changes later is told to those who know of it, and that it is over even under a silence.
     *
     * @param changed whether the alert has just changed
     * @param told the sinks that were told of this episode
     */
    public static List<Letter> letters(Alert alert, boolean changed, Set<String> told, AlertSpec spec, Instant now) {
        var letters = new ArrayList<Letter>();
        for (var sink : spec.all()) {
            if (sink.target() instanceof SinkTarget.Topic) {
                if (changed && sink.target().tells(alert.change())) {
                    letters.add(new Letter(sink.name(), alert, false, now));
                }
            } else if (told.contains(sink.name())) {
                if (changed && sink.target().tells(alert.change()) && isHeard(alert)) {
                    letters.add(new Letter(sink.name(), alert, false, now));
                }
            } else if (opens(sink, alert)) {
                letters.add(new Letter(
                        sink.name(), alert, true, now.plus(spec.policy().settle())));
            }
        }
        return letters;
    }

    private static boolean opens(SinkSpec sink, Alert alert) {
        return alert.open() && alert.silencedBy().isEmpty() && sink.wants(alert);
    }

    private static boolean isHeard(Alert alert) {
        return !alert.open() || alert.silencedBy().isEmpty();
    }
}
