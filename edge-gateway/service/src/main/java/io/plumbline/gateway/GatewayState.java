package io.plumbline.gateway;

/**
 * How the gateway is.
 *
 * @param ready recovery is done and the reading path runs
 * @param alive nothing that cannot heal by itself has happened
 * @param mqtt connected to the broker
 * @param kafka the last transaction succeeded
 * @param generation of the assignment in force; -1 before the first
 * @param outboxPending records that Kafka does not have yet
 */
public record GatewayState(
        boolean ready, boolean alive, boolean mqtt, boolean kafka, long generation, long outboxPending) {

    static final GatewayState STARTING = new GatewayState(false, true, false, false, -1, 0);
}
