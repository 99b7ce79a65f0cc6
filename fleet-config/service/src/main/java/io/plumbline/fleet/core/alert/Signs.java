package io.plumbline.fleet.core.alert;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the events of the fleet say about alerts. Pure. */
public final class Signs {

    private static final Map<Verdict, AlertKind> OF_VERDICT = new EnumMap<>(Map.of(
            Verdict.CALIBRATION_STALE, AlertKind.CALIBRATION_STALE,
            Verdict.RUNTIME_MISMATCH, AlertKind.RUNTIME_MISMATCH,
            Verdict.DATA_DRIFT, AlertKind.DATA_DRIFT,
            Verdict.CONCEPT_DRIFT, AlertKind.CONCEPT_DRIFT,
            Verdict.SENSOR_FAULT, AlertKind.SENSOR_FAULT));

    private Signs() {}

    static boolean isOfVerdict(AlertKind kind) {
        return OF_VERDICT.containsValue(kind);
    }

    /** Whose events those of a rollout are. */
    static String source(RolloutEvent event) {
        return "rollout|" + event.rollout();
    }

    /** A bad verdict is a trouble and ends the others of its cohort; one without enough data says nothing and ends nothing. */
    public static Optional<Sign> of(VerdictEvent event) {
        if (event.verdict() == Verdict.INSUFFICIENT) {
            return Optional.empty();
        }
        var cohort = event.cohort();
        var subject = Alert.Subject.of(cohort.model(), cohort.build(), cohort.site());
        var kind = Optional.ofNullable(OF_VERDICT.get(event.verdict()));
        var others = EnumSet.copyOf(OF_VERDICT.values());
        kind.ifPresent(others::remove);
        return Optional.of(new Sign(
                "verdict|" + cohort.key(),
                event.at(),
                event.id(),
                kind
                        .map(one -> new Trouble(
                                one,
                                subject,
                                event.because(),
                                new Alert.Proof(
                                        event.evidence(),
                                        Optional.of(event.id()),
                                        event.horizon(),
                                        Optional.of("plumbline explain " + event.id()),
                                        Optional.empty())))
                        .stream()
                        .toList(),
                List.of(new Ending(others, subject, "the verdict is " + event.verdict()))));
    }

    /** A refusal is a trouble until a candidate of the same build is let through. */
    public static Optional<Sign> of(RecalibrationEvent event) {
        var source = "recalibration|" + event.model() + "|" + event.build();
        var subject = Alert.Subject.of(event.model(), event.build());
        if (event instanceof RecalibrationEvent.Refused refused) {
            var proof = Alert.Proof.of(event.id(), "plumbline explain " + event.id());
            var trouble = new Trouble(AlertKind.RECALIBRATION_REFUSED, subject, refused.because(), proof);
            return Optional.of(new Sign(source, refused.at(), event.id(), List.of(trouble), List.of()));
        }
        if (event instanceof RecalibrationEvent.Accepted accepted) {
            var ending = Ending.of(AlertKind.RECALIBRATION_REFUSED, subject, "a candidate was let through");
            return Optional.of(new Sign(source, accepted.at(), event.id(), List.of(), List.of(ending)));
        }
        return Optional.empty();
    }

    /** A rollout that waits or fails is a trouble; the failed one of a model is history once a later one is through. */
    static Sign of(RolloutEvent event) {
        var subject = Alert.Subject.of(event.model(), event.candidate());
        var ofModel =
                new Alert.Subject(Optional.of(event.model()), Optional.empty(), Optional.empty(), Optional.empty());
        var moved = Ending.of(
                AlertKind.ROLLOUT_PAUSED,
                subject,
                "rollout " + event.rollout() + " " + event.stage().inWords());
        var proof = new Alert.Proof(
                event.evidence(), Optional.of(event.rollout()), Optional.empty(), Optional.empty(), Optional.empty());
        List<Trouble> troubles = switch (event.stage()) {
            case PAUSED -> List.of(new Trouble(AlertKind.ROLLOUT_PAUSED, subject, event.because(), proof));
            case ROLLING_BACK -> List.of(new Trouble(AlertKind.ROLLOUT_FAILED, subject, event.because(), proof));
            case ROLLED_BACK ->
                List.of(new Trouble(AlertKind.ROLLOUT_FAILED, subject, "rolled back: " + event.because(), proof));
            case READY, CANARY, WAVE, COMPLETED, ABORTED -> List.of();
        };
        List<Ending> endings = switch (event.stage()) {
            case PAUSED -> List.of();
            case COMPLETED ->
                List.of(
                        moved,
                        Ending.of(
                                AlertKind.ROLLOUT_FAILED,
                                ofModel,
                                "rollout " + event.rollout() + " of the model is complete"));
            case READY, CANARY, WAVE, ROLLING_BACK, ROLLED_BACK, ABORTED -> List.of(moved);
        };
        return new Sign(source(event), event.at(), Long.toString(event.revision()), troubles, endings);
    }

    /** Builds that a gateway refuses or takes after all, and losses that its counters do not show. */
    public static Optional<Sign> of(GatewayEvent event) {
        if (event instanceof GatewayEvent.BuildRefused refused) {
            var trouble = new Trouble(
                    AlertKind.BUILD_REFUSED,
                    buildOn(event, refused.model(), refused.build()),
                    refused.because().isEmpty() ? "it gave no reason" : refused.because(),
                    new Alert.Proof(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
            return Optional.of(
                    new Sign(only(event, "refused", refused.build()), event.at(), "", List.of(trouble), List.of()));
        }
        if (event instanceof GatewayEvent.BuildActivated activated) {
            var ending = Ending.of(
                    AlertKind.BUILD_REFUSED,
                    buildOn(event, activated.model(), activated.build()),
                    "the gateway runs it now");
            return Optional.of(
                    new Sign(only(event, "activated", activated.build()), event.at(), "", List.of(), List.of(ending)));
        }
        return event instanceof GatewayEvent.OutboxLost lost && lost.results() + lost.deadLetters() == 0
                ? Optional.of(statisticsLost(lost))
                : Optional.empty();
    }

    private static Sign statisticsLost(GatewayEvent.OutboxLost lost) {
        var trouble = lost(
                Alert.Subject.of(lost.site(), lost.gateway()),
                "its outbox let go of " + lost.others() + " records of statistics and events before Kafka had them",
                lost.others());
        return new Sign("gateway|" + lost.gateway(), lost.at(), "lost " + lost.first(), List.of(trouble), List.of());
    }

    /** @param records how many */
    static Trouble lost(Alert.Subject gateway, String because, long records) {
        var fact = new Evidence("lost", "all", records, records, records, 0, records, true);
        return new Trouble(
                AlertKind.RECORDS_LOST,
                gateway,
                because,
                new Alert.Proof(List.of(fact), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** A source of its own: the clock of a gateway may be set back, and what it says then must not count as old. */
    private static String only(GatewayEvent event, String what, Digest build) {
        return "gateway|" + event.gateway() + "|" + what + "|" + build + "|"
                + event.at().toEpochMilli();
    }

    private static Alert.Subject buildOn(GatewayEvent event, ModelName model, Digest build) {
        return new Alert.Subject(
                Optional.of(model), Optional.of(build), Optional.of(event.site()), Optional.of(event.gateway()));
    }
}
