package io.plumbline.gateway;

import java.util.Optional;

/**
 * How the gateway is.
 *
 * @param ready recovery is done and the reading path runs
 * @param alive nothing that cannot heal by itself has happened
 * @param mqtt connected to the broker
 * @param kafka the last transaction succeeded
 * @param generation of the assignment in force; -1 before the first
 * @param lack why a build that is assigned cannot be had now; empty if none is lacking
 * @param outboxPending records that Kafka does not have yet
 */
public record GatewayState(
        boolean ready,
        boolean alive,
        boolean mqtt,
        boolean kafka,
        long generation,
        Optional<String> lack,
        long outboxPending) {

    static final GatewayState STARTING = new GatewayState(false, true, false, false, -1, Optional.empty(), 0);
}
