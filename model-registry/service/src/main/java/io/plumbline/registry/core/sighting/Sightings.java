package io.plumbline.registry.core.sighting;

import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns heartbeats into stretches: a change is written at once, going on every few minutes only. Thread-safe. */
public final class Sightings {

    private static final Duration WRITTEN_EVERY = Duration.ofMinutes(5);
    private static final Duration GONE_AFTER = Duration.ofMinutes(15);

    private final SightingStore store;
    private final InstantSource clock;
    private final Map<Key, Entry> current = new HashMap<>();

    private record Key(GatewayId gateway, StreamId stream) {}

    /** @param written what the store has of it */
    private record Entry(Sighting heard, Instant written) {}

    /** What was current when the last process ended still is, until something else is heard. */
    public Sightings(SightingStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        store.current().forEach(one -> current.put(key(one), new Entry(one, one.until())));
    }

    private static Key key(Sighting sighting) {
        return new Key(sighting.gateway(), sighting.stream());
    }

    /** What cannot be written now is written with the next heartbeat. */
    public synchronized void hear(GatewayEvent event) {
        if (!(event instanceof GatewayEvent.Heartbeat heartbeat)) {
            return;
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var running = heartbeat.streams().stream()
                .map(stream -> new Sighting(
                        heartbeat.gateway(),
                        heartbeat.site(),
                        stream.stream(),
                        stream.model(),
                        stream.build(),
                        now,
                        now,
                        true))
                .collect(Collectors.toMap(Sightings::key, one -> one, (first, second) -> second));
        for (var key : List.copyOf(current.keySet())) {
            if (key.gateway().equals(heartbeat.gateway()) && !running.containsKey(key)) {
                end(key, now);
            }
        }
        running.forEach(this::hear);
    }

    private void hear(Key key, Sighting now) {
        var known = current.get(key);
        if (known != null && isSame(known.heard(), now)) {
            var heard = known.heard().again(now.from());
            var late = now.from().isAfter(known.written().plus(WRITTEN_EVERY));
            if (late) {
                store.put(heard);
            }
            current.put(key, new Entry(heard, late ? now.from() : known.written()));
            return;
        }
        end(key, now.from());
        store.put(now);
        current.put(key, new Entry(now, now.from()));
    }

    private static boolean isSame(Sighting known, Sighting now) {
        return known.build().equals(now.build())
                && known.model().equals(now.model())
                && known.site().equals(now.site());
    }

    /** Its last word counted until now. */
    private void end(Key key, Instant now) {
        var known = current.get(key);
        if (known != null) {
            store.put(known.heard().again(now).over());
            current.remove(key);
        }
    }

    /**
     * A gateway that will not come back runs nothing any more: what it ran last ended with its last word, and may be deleted. If it comes back
     * all the same, it is heard like a new one.
     *
     * @return the stretches that ended; none if it ran nothing
     * @throws IllegalStateException if it was heard lately; the message says when
     */
    public synchronized List<Sighting> forget(GatewayId gateway) {
        var last = current.values().stream()
                .map(Entry::heard)
                .filter(one -> one.gateway().equals(gateway))
                .toList();
        var alive = clock.instant().minus(GONE_AFTER);
        last.stream().filter(one -> one.until().isAfter(alive)).findFirst().ifPresent(one -> {
            throw new IllegalStateException("gateway " + gateway + " was heard at " + one.until()
                    + " and is not gone: who is to be forgotten must be silent for " + GONE_AFTER.toMinutes()
                    + " minutes");
        });
        var ended = last.stream().map(Sighting::over).toList();
        ended.forEach(store::put);
        current.keySet().removeIf(key -> key.gateway().equals(gateway));
        return ended;
    }

    /** Why a build counts as one that runs, in words that begin a sentence: a gateway's last word counts, however long ago. */
    public synchronized Optional<String> use(ModelName model, Digest build) {
        return current.values().stream()
                .map(Entry::heard)
                .filter(one -> one.model().equals(model) && one.build().equals(build))
                .min(Comparator.comparing(Sighting::gateway))
                .map(one -> "gateway " + one.gateway() + " runs it, last heard at " + one.until()
                        + "; assign another build there first, or, if it is gone for good, plumbline model forget "
                        + one.gateway());
    }
}
