package io.plumbline.registry.adapter.kafka;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.inject.Singleton;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Says when answers begin to be heard: what gateways answered before is passed over. */
@Singleton
@Identifier("answers-assigned")
final class AnswersAssigned implements KafkaConsumerRebalanceListener {

    private final ControlTopics topics;

    AnswersAssigned(ControlTopics topics) {
        this.topics = topics;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            consumer.seekToEnd(partitions);
            // settles where the end is: it would be looked up with the first poll only, and answers until then were
            // missed
            partitions.forEach(consumer::position);
            topics.listening();
        }
    }
}
