package io.plumbline.fleet.core.control;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.parse;
import static io.plumbline.fleet.testing.Fleets.stale;
import static io.plumbline.fleet.testing.Fleets.yaml;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.List;

/** A control plane over a store in memory, whose fleet has a gateway on each of two sites. */
class TwoSites {

    final MutableClock clock = new MutableClock(T0);
    final InMemoryFleetStore store = new InMemoryFleetStore();
    final FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    ControlPlane control = restarted();
    long window;

    void startClimateRollout() {
        apply(yaml(BASELINE));
        heard.on(health(BASELINE, NORTH, stale(), T0), T0);
        heard.on(health(BASELINE, SOUTH, stale(), T0), T0);
        control.request(accepted("verdict-1", BASELINE, CANDIDATE));
        control.look();
    }

    void runsFaithfully(GatewayId gateway) {
        var build = build(gateway);
        var site = Fleets.site(gateway);
        window++;
        heard.on(Fleets.beat(gateway, build, generation(gateway), 100 * window, clock.instant()), clock.instant());
        heard.on(health(build, site, faithful(), T0.plusSeconds(300 * window)), T0);
        clock.advance(Duration.ofSeconds(1));
    }

    ControlPlane restarted() {
        return new ControlPlane(store, heard, change -> {}, clock);
    }

    ControlPlane.Applied apply(String text) {
        return control.apply(text, parse(text));
    }

    Digest build(GatewayId gateway) {
        return control.state().assigned().get(gateway).streams().get(0).build();
    }

    long generation(GatewayId gateway) {
        return control.state().assigned().get(gateway).generation();
    }

    RolloutEvent last() {
        var all = store.announcements();
        return all.get(all.size() - 1);
    }

    List<RolloutStage> stages() {
        return store.announcements().stream().map(RolloutEvent::stage).toList();
    }

    RecalibrationEvent.Accepted accepted(String id, Digest build, Digest candidate) {
        return new RecalibrationEvent.Accepted(
                id, MODEL, build, candidate, "clips 0 % instead of 46 %", List.of(), clock.instant());
    }
}
