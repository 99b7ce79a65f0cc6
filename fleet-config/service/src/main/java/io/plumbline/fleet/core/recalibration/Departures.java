package io.plumbline.fleet.core.recalibration;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RecalibrationEvent.Sent;
import io.plumbline.contract.message.RecalibrationEvent.SentKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What left the sites for one recalibration, by form and gateway. As many entries as gateways have answered. Immutable. */
public final class Departures {

    static final Departures NONE = new Departures(new EnumMap<>(SentKind.class));

    private final Map<SentKind, Map<GatewayId, Long>> counts;

    private Departures(Map<SentKind, Map<GatewayId, Long>> counts) {
        this.counts = Collections.unmodifiableMap(counts);
    }

    /** What a gateway sends again, after a restart of the registry, leaves its site once more and is no other. */
    Departures with(Sent sent) {
        var all = new EnumMap<SentKind, Map<GatewayId, Long>>(SentKind.class);
        all.putAll(counts);
        var of = new TreeMap<>(all.getOrDefault(sent.kind(), Map.of()));
        of.merge(sent.gateway(), sent.count(), Math::max);
        all.put(sent.kind(), of);
        return new Departures(all);
    }

    /** Nobody told anything, or in words alone. */
    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Whether readings themselves are among it. */
    public boolean readings() {
        return counts.containsKey(SentKind.SAMPLES);
    }

    /** How many gateways sent what. */
    public String words() {
        return counts.entrySet().stream()
                .map(one -> words(one.getKey(), one.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String words(SentKind kind, Map<GatewayId, Long> counts) {
        var gateways = counts.size() + (counts.size() == 1 ? " gateway" : " gateways");
        var count = counts.values().stream().mapToLong(Long::longValue).sum();
        return switch (kind) {
            case HISTOGRAMS -> "histograms of " + windows(count) + ", from " + gateways;
            case SCORES -> "scores from " + gateways;
            case SAMPLES -> "readings of " + windows(count) + ", from " + gateways;
            case NOTHING -> "nothing from " + gateways;
        };
    }

    private static String windows(long count) {
        return count + (count == 1 ? " window" : " windows");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Departures that && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return words();
    }
}
