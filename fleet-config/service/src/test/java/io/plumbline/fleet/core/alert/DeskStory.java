package io.plumbline.fleet.core.alert;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.alert.Surroundings.GatewayNow;
import io.plumbline.fleet.core.alert.Surroundings.Losses;
import io.plumbline.fleet.core.spec.alert.AlertPolicy;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.testing.Alerts;
import io.plumbline.fleet.testing.InMemoryAlertStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A desk, what is around it, and what it did. */
class DeskStory {

    static final AlertPolicy POLICY = AlertPolicy.USUAL;
    static final Alert.Subject PLACE =
            new Alert.Subject(Optional.of(MODEL), Optional.of(BASELINE), Optional.of(NORTH), Optional.of(GW_NORTH));

    final InMemoryAlertStore store = new InMemoryAlertStore();
    List<Alert.Subject> places = List.of(PLACE);
    List<GatewayNow> gateways = List.of();
    List<RolloutEvent> rollouts = List.of();
    AlertSpec spec =
            new AlertSpec(POLICY, List.of(Alerts.webhook("ops"), Alerts.webhook("pager", AlertSeverity.CRITICAL)));
    Instant now = T0;
    AlertDesk desk = restarted();

    AlertDesk restarted() {
        return new AlertDesk(store, () -> new Surroundings(places, gateways, rollouts, spec, now), change -> {});
    }

    VerdictEvent hear(Verdict verdict, Instant at) {
        var event = Alerts.verdict(verdict, at);
        Signs.of(event).ifPresent(desk::hear);
        look();
        return event;
    }

    void hear(Sign sign) {
        desk.hear(sign);
        look();
    }

    void look() {
        desk.look();
    }

    void pass(Duration time) {
        now = now.plus(time);
        look();
    }

    /** A heartbeat of this moment is heard. */
    void losing(long records) {
        losing(records, now);
    }

    void losing(long records, Instant countedAt) {
        gateways = List.of(new GatewayNow(GW_NORTH, NORTH, now, Optional.of(new Losses(records, countedAt))));
        look();
    }

    List<Alert> all() {
        return desk.book().entries().values().stream()
                .map(AlertBook.Entry::alert)
                .toList();
    }

    List<Alert> open() {
        return all().stream().filter(Alert::open).toList();
    }

    Alert only() {
        assertThat(all()).hasSize(1);
        return all().get(0);
    }

    List<String> told(String sink) {
        return store.letters(sink).stream()
                .map(letter -> letter.alert().kind() + " " + letter.alert().change())
                .toList();
    }

    static Alert.Subject southern() {
        return new Alert.Subject(Optional.of(MODEL), Optional.of(BASELINE), Optional.of(SOUTH), Optional.empty());
    }

    static AlertSilence silence(String id, Duration lasting) {
        return new AlertSilence(
                id,
                Optional.empty(),
                Optional.of(NORTH),
                Optional.empty(),
                Optional.empty(),
                T0,
                T0.plus(lasting),
                "ada",
                "maintenance");
    }

    static RolloutEvent rollout(String id, long revision, RolloutStage stage) {
        return rollout(id, revision, stage, T0);
    }

    static RolloutEvent rollout(String id, long revision, RolloutStage stage, Instant at) {
        return new RolloutEvent(
                id, revision, MODEL, BASELINE, CANDIDATE, stage, List.of(), "because " + stage, List.of(), at);
    }

    static AlertPolicy withPage(URI page) {
        return new AlertPolicy(
                POLICY.settle(),
                POLICY.hold(),
                POLICY.repeat(),
                POLICY.quiet(),
                POLICY.silentAfter(),
                POLICY.giveUp(),
                Optional.of(page));
    }
}
