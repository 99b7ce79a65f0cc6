package io.plumbline.registry.core.job;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which gateway runs what, by its own word. Not thread-safe. */
public final class RunningBuilds {

    /** A gateway that has been silent for longer is not asked. */
    private static final Duration SILENT_AFTER = Duration.ofSeconds(30);

    private final Map<GatewayId, Seen> seen = new HashMap<>();
    private final Instant complete;

    private record Seen(SiteId site, List<GatewayEvent.RunningStream> streams, Instant at) {}

    /** @param since when listening began, wall clock of this service */
    public RunningBuilds(Instant since) {
        this.complete = since.plus(SILENT_AFTER);
    }

    /** Whether a gateway that was not heard yet may run all the same. */
    public boolean isIncomplete(Instant now) {
        return now.isBefore(complete);
    }

    /** @param now wall clock of this service, since clocks of gateways may be off */
    public void hear(GatewayEvent event, Instant now) {
        if (event instanceof GatewayEvent.Heartbeat heartbeat) {
            seen.put(event.gateway(), new Seen(event.site(), heartbeat.streams(), now));
        }
    }

    /** Builds of this model that run somewhere. */
    Set<Digest> builds(ModelName model, Instant now) {
        return seen.values().stream()
                .filter(one -> one.at().plus(SILENT_AFTER).isAfter(now))
                .flatMap(one -> one.streams().stream())
                .filter(stream -> stream.model().equals(model))
                .map(GatewayEvent.RunningStream::build)
                .collect(Collectors.toSet());
    }

    public Map<GatewayId, SiteId> running(ModelName model, Digest build, Instant now) {
        Map<GatewayId, SiteId> running = new HashMap<>();
        seen.forEach((gateway, one) -> {
            var runs = one.streams().stream()
                    .anyMatch(stream ->
                            stream.model().equals(model) && stream.build().equals(build));
            if (runs && one.at().plus(SILENT_AFTER).isAfter(now)) {
                running.put(gateway, one.site());
            }
        });
        return running;
    }
}
