package io.plumbline.fleet.core.alert;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a decision about alerts may depend on beside the book and the event.
 *
 * @param places what is assigned where
 * @param gateways every gateway of the fleet
 * @param rollouts the newest event of each
 * @param now wall-clock time
 */
public record Surroundings(
        List<Alert.Subject> places,
        List<GatewayNow> gateways,
        List<RolloutEvent> rollouts,
        AlertSpec spec,
        Instant now) {

    private static final Set<AlertKind> OF_THE_FLEET =
            EnumSet.of(AlertKind.ROLLOUT_PAUSED, AlertKind.ROLLOUT_FAILED, AlertKind.FLEET_SILENT);
    private static final Set<AlertKind> OF_GATEWAYS = EnumSet.of(AlertKind.GATEWAY_SILENT, AlertKind.RECORDS_LOST);

    public Surroundings {
        places = List.copyOf(places);
        gateways = List.copyOf(gateways);
        rollouts = List.copyOf(rollouts);
    }

    /**
     * A gateway as it was last heard.
     *
     * @param heard wall-clock time of the control plane, and not before it began to listen
     * @param losses empty if it did not say
     */
    public record GatewayNow(GatewayId gateway, SiteId site, Instant heard, Optional<Losses> losses) {

        Alert.Subject subject() {
            return Alert.Subject.of(site, gateway);
        }
    }

    /**
     * What a gateway says it has lost.
     *
     * @param records results and dead letters that never reached Kafka, since its data folder was made
     * @param countedAt the gateway's wall clock
     */
    public record Losses(long records, Instant countedAt) {}

    /** Why a trouble is none of this fleet any more; empty if it is. */
    Optional<String> irrelevance(AlertKind kind, Alert.Subject subject) {
        if (OF_THE_FLEET.contains(kind)) {
            return Optional.empty();
        }
        if (OF_GATEWAYS.contains(kind)) {
            return gateways.stream().anyMatch(one -> subject.covers(one.subject()))
                    ? Optional.empty()
                    : Optional.of("the gateway is no longer in the fleet");
        }
        return places.stream().anyMatch(subject::covers)
                ? Optional.empty()
                : Optional.of("the build is no longer assigned there");
    }
}
