package io.plumbline.fleet.adapter.kafka;

import io.plumbline.fleet.config.FleetSettings;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Heartbeats are many and soon repeated: a start reads only the newest stretch of them. Everything older is on the
 * gateways themselves, which say it again.
 */
@Singleton
@Identifier("replay-window")
final class ReplayWindow implements KafkaConsumerRebalanceListener {

    private final FleetSettings settings;
    private final Clock clock;

    ReplayWindow(FleetSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var since = clock.instant().minus(settings.replay()).toEpochMilli();
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
