package io.plumbline.fleet.core.post;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
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
     * The letters about an alert. A sink that wants it and has no letter of it yet gets one as soon as no silence holds the alert back;
     * what changes later is told to those who have, and that it is over even under a silence. A beginning, and that it is there again,
     * wait until they have settled.
     *
     * @param changed whether the alert has just changed
     * @param told the sinks that letters of this episode were written to
     */
    public static List<Letter> letters(Alert alert, boolean changed, Set<String> told, AlertSpec spec, Instant now) {
        var letters = new ArrayList<Letter>();
        var settled = now.plus(spec.policy().settle());
        for (var sink : spec.all()) {
            if (sink.target() instanceof SinkTarget.Topic) {
                if (changed && sink.target().tells(alert.change())) {
                    letters.add(new Letter(sink.name(), alert, false, now));
                }
            } else if (told.contains(sink.name())) {
                if (changed && sink.target().tells(alert.change()) && isHeard(alert)) {
                    var isBack = alert.change() == AlertChange.REOPENED;
                    letters.add(new Letter(sink.name(), alert, isBack, isBack ? settled : now));
                }
            } else if (opens(sink, alert)) {
                letters.add(new Letter(sink.name(), alert, true, settled));
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
