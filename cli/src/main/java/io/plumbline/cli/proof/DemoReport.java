package io.plumbline.cli.proof;

import io.plumbline.contract.id.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What the demo proved, as written by {@code --report}.
 *
 * @param readingsSent every message the motes sent, malformed ones too
 * @param lost messages without result or dead letter
 * @param duplicates results or dead letters beyond one for each message
 * @param closed whether every turn closed the loop and the account is exact
 * @param problem why the demo could not go on to its end; absent when it did
 */
public record DemoReport(
        boolean closed,
        long readingsSent,
        long results,
        long deadLetters,
        long lost,
        long duplicates,
        double secondsToFirstInference,
        long peakRssMb,
        List<TurnReport> turns,
        List<BuildReport> builds,
        Optional<String> problem) {

    public DemoReport {
        turns = List.copyOf(turns);
        builds = List.copyOf(builds);
    }

    /** What is known of a demo that could not go on: its account until then, and no turn that counts. */
    public static DemoReport abandoned(Account.Totals totals, double secondsToFirstInference, String problem) {
        return new DemoReport(
                false,
                totals.readingsSent(),
                totals.results(),
                totals.deadLetters(),
                totals.lost(),
                totals.duplicates(),
                secondsToFirstInference,
                0,
                List.of(),
                List.of(),
                Optional.of(problem));
    }

    /**
     * One turn. Both fidelities are shares of the windows that FP32 calls events, over all windows of the turn's readings,
     * scored by the demo's own harness on the old and the new build.
     *
     * @param transformed whether the readings were moved into another climate
     * @param secondsToDetect wall time from the turn's first reading to the verdict
     * @param secondsToLive wall time from the turn's first reading to the new build on every gateway
     * @param problem why the turn did not close; absent when it did
     */
    public record TurnReport(
            int turn,
            boolean transformed,
            String transformation,
            Optional<String> verdict,
            String staleBuild,
            Optional<String> recalibratedBuild,
            double fidelityBefore,
            double fidelityAfter,
            double agreementBefore,
            double agreementAfter,
            double clippedBefore,
            double clippedAfter,
            long eventWindows,
            double secondsToDetect,
            double secondsToLive,
            long messagesLostDuringSwap,
            Optional<String> problem) {}

    /** A build of the registry, scored on the first turn's readings. */
    public record BuildReport(
            Digest digest, String recipe, long sizeBytes, double accuracy, double agreement, double eventAgreement) {}
}
