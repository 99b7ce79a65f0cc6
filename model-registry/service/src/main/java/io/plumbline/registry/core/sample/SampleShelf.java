package io.plumbline.registry.core.sample;

import io.plumbline.contract.id.GatewayId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where samples lie. Failures of the disk are {@link java.io.UncheckedIOException}. Thread-safe. */
public interface SampleShelf {

    /**
     * What is kept of one gateway.
     *
     * @param windows along the first axis of the file
     * @param at when it came, wall clock
     */
    record Kept(GatewayId gateway, int windows, long bytes, Instant at) {}

    /** In place of what the gateway gave before; durable when the call returns. */
    void put(String recalibration, Kept what, byte[] npy);

    /** By the names of the gateways. */
    List<Kept> kept(String recalibration);

    Optional<byte[]> get(String recalibration, GatewayId gateway);

    /** All of this recalibration are gone when the call returns. */
    void delete(String recalibration);

    /** Those of which anything is kept. */
    Set<String> recalibrations();
}
