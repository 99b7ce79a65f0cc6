package io.plumbline.fleet.adapter.kafka;

import io.plumbline.fleet.config.FleetSettings;
import io.plumbline.fleet.core.control.ControlPlane;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Heartbeats are many and soon repeated: a start reads only the newest stretch of them, but all since the oldest rollout that is
 * under way began, for a gateway says only once that it refuses a build.
 */
@Singleton
@Identifier("replay-window")
final class ReplayWindow implements KafkaConsumerRebalanceListener {

    /** Clocks of gateways and ours differ a little. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final FleetSettings settings;
    private final ControlPlane control;
    private final Clock clock;

    ReplayWindow(FleetSettings settings, ControlPlane control, Clock clock) {
        this.settings = settings;
        this.control = control;
        this.clock = clock;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var newest = clock.instant().minus(settings.replay());
        var since = Stream.concat(
                        Stream.of(newest),
                        control.state().active().stream()
                                .map(active -> active.since().minus(OVERLAP)))
                .min(Comparator.naturalOrder())
                .orElse(newest)
                .toEpochMilli();
        var wanted = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> wanted.put(partition, since));
        consumer.offsetsForTimes(wanted).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }
}
