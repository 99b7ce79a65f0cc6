package io.plumbline.fleet.testing;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.VERSION;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.spec.alert.Login;
import io.plumbline.fleet.core.spec.alert.MailTarget;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Verdicts, alerts and sinks. */
public final class Alerts {

    public static final Alert.Subject SUBJECT = Alert.Subject.of(MODEL, BASELINE, NORTH);

    private Alerts() {}

    public static VerdictEvent verdict(Verdict verdict, Instant at) {
        return verdict(NORTH, verdict, at);
    }

    public static VerdictEvent verdict(SiteId site, Verdict verdict, Instant at) {
        var fact = new Evidence("clipping", "act0", 0.458, 0.371, 0.547, 0.1, 120, true);
        return VerdictEvent.of(
                        new Cohort(MODEL, VERSION, BASELINE, site),
                        at,
                        verdict,
                        Verdict.STABLE,
                        "46 % of windows leave the calibrated range of act0",
                        List.of(fact))
                .resting(new VerdictEvent.Horizon(at.minusSeconds(1800), at, 1440, 720, 0), List.of());
    }

    /** An alert about a concept drift in the north that has just been opened. */
    public static Alert alert(long revision, AlertChange change) {
        return alert(SUBJECT, revision, change);
    }

    public static Alert alert(Alert.Subject subject, long revision, AlertChange change) {
        return alert(AlertKind.CONCEPT_DRIFT, subject, revision, change);
    }

    /** With the same proof, whatever its kind. */
    public static Alert alert(AlertKind kind, Alert.Subject subject, long revision, AlertChange change) {
        var resolved = change == AlertChange.RESOLVED
                ? Optional.of(new Alert.Resolution(T0.plusSeconds(60), "the verdict is STABLE"))
                : Optional.<Alert.Resolution>empty();
        return new Alert(
                Alert.idOf(kind, subject),
                revision,
                1,
                kind,
                kind.severity(),
                change,
                subject,
                "accuracy fell to 61 %",
                new Alert.Proof(
                        List.of(new Evidence("accuracy", "all", 0.61, 0.58, 0.64, 0.9, 1000, true)),
                        Optional.of("b5bb9d8014a0f9b1"),
                        Optional.empty(),
                        Optional.of("plumbline explain b5bb9d8014a0f9b1"),
                        Optional.empty()),
                1,
                T0,
                T0,
                Optional.empty(),
                Optional.empty(),
                resolved);
    }

    /** A webhook that is told everything. */
    public static SinkSpec webhook(String name) {
        return webhook(name, AlertSeverity.INFO);
    }

    public static SinkSpec webhook(String name, AlertSeverity min) {
        return new SinkSpec(name, min, Set.of(), Set.of(), webhook());
    }

    /** A mailbox that is told everything. */
    public static SinkSpec mail(String name) {
        var target = new MailTarget(
                "localhost",
                25,
                MailTarget.Security.NONE,
                Login.NONE,
                "plumbline@example.com",
                List.of("ada@example.com"));
        return new SinkSpec(name, AlertSeverity.INFO, Set.of(), Set.of(), target);
    }

    public static SinkTarget.Webhook webhook() {
        return new SinkTarget.Webhook(URI.create("http://127.0.0.1:1/hook"), Optional.empty());
    }
}
