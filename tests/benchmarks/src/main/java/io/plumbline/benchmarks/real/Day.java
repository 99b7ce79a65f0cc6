package io.plumbline.benchmarks.real;

import io.plumbline.contract.message.Verdict;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** One day of answers. Not thread-safe. */
final class Day {

    private int answers;
    private int fp32Right;
    private int int8Right;
    private int agreed;

    void said(Station.Said said, String truth) {
        answers++;
        fp32Right += said.fp32().equals(truth) ? 1 : 0;
        int8Right += said.label().equals(truth) ? 1 : 0;
        agreed += said.label().equals(said.fp32()) ? 1 : 0;
    }

    /** Cells: accuracies and agreement, and how many windows each verdict held for. */
    String inWords(LocalDate day, Station station) {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        station.evaluations().stream()
                .filter(said -> Room.dayOf(said.to().minusMillis(1)).equals(day))
                .forEach(said -> verdicts.merge(said.after().confirmed(), 1, Integer::sum));
        return String.format(
                Locale.ROOT,
                "%.3f | %.3f | %.3f | %s",
                (double) fp32Right / answers,
                (double) int8Right / answers,
                (double) agreed / answers,
                verdicts);
    }
}
