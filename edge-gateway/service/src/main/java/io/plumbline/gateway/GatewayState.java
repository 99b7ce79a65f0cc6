package io.plumbline.gateway;

import io.plumbline.gateway.core.status.Link;
import java.util.List;
import java.util.Optional;

/**
 * How the gateway is.
 *
 * @param ready recovery is done, the reading path runs, and the disk takes what it writes
 * @param alive nothing that cannot heal by itself has happened
 * @param links to broker, Kafka, control plane, registry and the cameras whose frames it fetches, each with the reason if it is down
 * @param generation of the assignment in force; -1 before the first
 * @param lack why a build that is assigned cannot be had now; empty if none is lacking
 * @param unwanted what answers though the trust root takes it back, each stream in a sentence
 * @param disk why the data folder cannot be written now; empty while it can
 * @param outboxPending records that Kafka does not have yet
 */
public record GatewayState(
        boolean ready,
        boolean alive,
        List<Link> links,
        long generation,
        Optional<String> lack,
        List<String> unwanted,
        Optional<String> disk,
        long outboxPending) {

    public GatewayState {
        links = List.copyOf(links);
        unwanted = List.copyOf(unwanted);
    }

    /** @param disk what the start waits for; empty if for nothing but itself */
    static GatewayState starting(Optional<String> disk) {
        return new GatewayState(false, true, List.of(), -1, Optional.empty(), List.of(), disk, 0);
    }
}
