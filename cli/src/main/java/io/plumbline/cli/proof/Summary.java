package io.plumbline.cli.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report in words. */
public final class Summary {

    private Summary() {}

    public static List<String> lines(DemoReport report) {
        var lines = new ArrayList<String>();
        lines.add("");
        for (var turn : report.turns()) {
            lines.add(text("turn %d  %s", turn.turn(), turn.transformation()));
            lines.add(text(
                    "        agreement on the %d windows FP32 calls events: %.3f -> %.3f   overall %.4f -> %.4f   clipped %.3f -> %.3f",
                    turn.eventWindows(),
                    turn.fidelityBefore(),
                    turn.fidelityAfter(),
                    turn.agreementBefore(),
                    turn.agreementAfter(),
                    turn.clippedBefore(),
                    turn.clippedAfter()));
            lines.add(turn.problem()
                    .map(problem -> "        NOT CLOSED: " + problem)
                    .orElseGet(() -> text(
                            "        %s after %.1f s, live everywhere after %.1f s, %d messages lost during the swap",
                            turn.verdict().orElse("-"),
                            turn.secondsToDetect(),
                            turn.secondsToLive(),
                            turn.messagesLostDuringSwap())));
        }
        lines.add(text(
                "sent %d = results %d + dead letters %d; lost %d, duplicates %d",
                report.readingsSent(), report.results(), report.deadLetters(), report.lost(), report.duplicates()));
        lines.add(text(
                "first inference after %.1f s, peak resident memory %d MB",
                report.secondsToFirstInference(), report.peakRssMb()));
        lines.add(report.closed() ? "the loop closed in every turn" : "THE LOOP DID NOT CLOSE");
        return lines;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
