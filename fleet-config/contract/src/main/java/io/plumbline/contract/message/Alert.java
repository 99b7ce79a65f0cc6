package io.plumbline.contract.message;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Require;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A trouble that a person should know of, and how it stands. Key = id. All times but those of the proof are wall-clock times of
 * the control plane.
 *
 * @param id of the trouble: the same kind on the same subject has the same id every time
 * @param revision rises with every change of this id, by one. The first is the second, since 1970, in which the control plane first saw
 *     it: no revision comes twice, though an alert that is over is forgotten one day
 * @param episode from 1, rises when the trouble comes back after the hold time
 * @param change what happened last
 * @param because one sentence in plain words
 * @param count how often it was seen in this episode
 * @param openedAt when this episode began
 * @param lastSeen when it was last seen
 * @param acknowledged who looks after it; empty if nobody said so in this episode
 * @param silencedBy the silence that holds it back; empty if none does
 * @param resolved when and why it was over; empty while it is open
 */
public record Alert(
        String id,
        long revision,
        long episode,
        AlertKind kind,
        AlertSeverity severity,
        AlertChange change,
        Subject subject,
        String because,
        Proof proof,
        long count,
        Instant openedAt,
        Instant lastSeen,
        Optional<Acknowledgement> acknowledged,
        Optional<String> silencedBy,
        Optional<Resolution> resolved) {

    private static final int ID_DIGITS = 16;

    public Alert {
        Require.notEmpty("id", id);
        Require.notEmpty("because", because);
        Require.that(revision >= 1, "revision " + revision + " must be at least 1");
        Require.that(episode >= 1, "episode " + episode + " must be at least 1");
        Require.that(count >= 1, "count " + count + " must be at least 1");
    }

    /** What an alert is about; a part that does not apply is empty. */
    public record Subject(
            Optional<ModelName> model, Optional<Digest> build, Optional<SiteId> site, Optional<GatewayId> gateway) {

        /** All of the fleet. */
        public static final Subject FLEET =
                new Subject(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public static Subject of(ModelName model, Digest build) {
            return new Subject(Optional.of(model), Optional.of(build), Optional.empty(), Optional.empty());
        }

        public static Subject of(ModelName model, Digest build, SiteId site) {
            return new Subject(Optional.of(model), Optional.of(build), Optional.of(site), Optional.empty());
        }

        public static Subject of(SiteId site, GatewayId gateway) {
            return new Subject(Optional.empty(), Optional.empty(), Optional.of(site), Optional.of(gateway));
        }

        /** Whether every part that this one has is the same in the other. */
        public boolean covers(Subject other) {
            return same(model, other.model)
                    && same(build, other.build)
                    && same(site, other.site)
                    && same(gateway, other.gateway);
        }

        private static boolean same(Optional<?> mine, Optional<?> other) {
            return mine.isEmpty() || mine.equals(other);
        }
    }

    /**
     * What an alert rests on.
     *
     * @param reference id of the verdict, the recalibration or the rollout; empty where there is none
     * @param horizon the stretch of event time behind a verdict; empty where there is none
     * @param command that shows more
     * @param link to the page; empty where the fleet file does not say where that is
     */
    public record Proof(
            List<Evidence> evidence,
            Optional<String> reference,
            Optional<VerdictEvent.Horizon> horizon,
            Optional<String> command,
            Optional<String> link) {

        public Proof {
            evidence = List.copyOf(evidence);
        }

        /** Measured by nobody: what happened is the evidence. */
        public static Proof of(String reference, String command) {
            return new Proof(
                    List.of(), Optional.of(reference), Optional.empty(), Optional.of(command), Optional.empty());
        }

        /** The same with a link. */
        public Proof linkedTo(Optional<String> page) {
            return new Proof(evidence, reference, horizon, command, page);
        }
    }

    /** @param note empty if nothing was said */
    public record Acknowledgement(String by, Instant at, String note) {

        public Acknowledgement {
            Require.that(!by.isBlank(), "by must say who acknowledges the alert");
        }
    }

    /** When and why an alert was over. */
    public record Resolution(Instant at, String because) {}

    /** The id of a kind of trouble on a subject. */
    public static String idOf(AlertKind kind, Subject subject) {
        var identity = String.join(
                "|",
                kind.name(),
                subject.model().map(ModelName::value).orElse(""),
                subject.build().map(Digest::value).orElse(""),
                subject.site().map(SiteId::value).orElse(""),
                subject.gateway().map(GatewayId::value).orElse(""));
        return Digest.of(identity.getBytes(StandardCharsets.UTF_8)).hex().substring(0, ID_DIGITS);
    }

    /** The same, told for another reason. */
    public Alert as(AlertChange reason) {
        return new Alert(
                id,
                revision,
                episode,
                kind,
                severity,
                reason,
                subject,
                because,
                proof,
                count,
                openedAt,
                lastSeen,
                acknowledged,
                silencedBy,
                resolved);
    }

    public boolean open() {
        return resolved.isEmpty();
    }
}
