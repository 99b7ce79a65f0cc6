package io.plumbline.drift;

import io.plumbline.contract.message.Evidence;
import io.plumbline.drift.chance.Proportion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How facts are written down, for programs and for people. */
final class Words {

    private Words() {}

    static Evidence evidence(
            String measure, String subject, Proportion share, double confidence, double threshold, boolean breached) {
        var interval = share.interval(confidence);
        return new Evidence(
                measure,
                subject,
                share.share(),
                interval.lower(),
                interval.upper(),
                threshold,
                share.trials(),
                breached);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** {@code 'a', 'b'}. */
    static String quoted(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }
}
