package io.plumbline.processor.topology;

import io.plumbline.contract.Topics;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/**
 * What flows where:
 *
 * <pre>
 * results (by device) --+
 *                       +-- pair by event id --> labelled answers, by model|site --+
 * labels  (by device) --+                                                          +-- merge, judge --+--> model-health
 * model-stats (by model|site) -----------------------------------------------------+                  +--> verdicts
 *                                                                                                     |
 *              recalibrations <-- cooldown, budget <-- stale calibrations, by model <-----------------+
 * </pre>
 *
 * Models are judged, and requests made, by what the topic of policies says of each.
 * Whatever cannot be read or counted goes to the dead letters.
 */
public final class VerdictTopology {

    private VerdictTopology() {}

    /** The whole topology; a pure function of its parts. */
    public static Topology build(Parts parts) {
        return build(parts, org.apache.kafka.streams.state.Stores::persistentKeyValueStore);
    }

    /** @param medium where a store of this name keeps its entries */
    static Topology build(Parts parts, Function<String, KeyValueBytesStoreSupplier> medium) {
        var builder = new StreamsBuilder();
        Stores.all().forEach(store -> builder.addStateStore(store.builder(medium)));

        var paired = read(builder, Topics.RESULTS)
                .merge(read(builder, Topics.LABELS))
                .process(() -> new LabelProcessor(parts), Named.as("pair"), Stores.PAIRS.name(), Stores.CLOCKS.name());
        var labelled = step(paired, Emission.LABELLED, partitionsOf(Topics.MODEL_STATS));
        var judged = read(builder, Topics.MODEL_STATS)
                .merge(labelled)
                .process(
                        () -> new CohortProcessor(parts),
                        Named.as("judge"),
                        Stores.COHORTS.name(),
                        Stores.WINDOWS.name(),
                        Stores.LABELS.name(),
                        Stores.CONFIDENCES.name(),
                        Stores.TOTALS.name());
        var stale = step(judged, Emission.STALE, partitionsOf(Topics.RECALIBRATIONS));
        var requested =
                stale.process(() -> new RecalibrationProcessor(parts), Named.as("request"), Stores.LEDGERS.name());
        send(paired, "pairs");
        send(judged, "judgements");
        send(requested, "requests");
        StoredPolicies.in(builder, Topics.POLICIES);
        return builder.build();
    }

    private static KStream<String, byte[]> read(StreamsBuilder builder, String topic) {
        return builder.stream(
                topic, Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("read-" + topic));
    }

    private static KStream<String, byte[]> step(KStream<String, Emission> from, String step, int partitions) {
        return from.filter((key, emission) -> emission.isFor(step), Named.as("only-" + step))
                .mapValues(Emission::value, Named.as("open-" + step))
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                        .withName(step)
                        .withNumberOfPartitions(partitions));
    }

    private static void send(KStream<String, Emission> from, String name) {
        from.filter((key, emission) -> emission.leaves(), Named.as("leaving-" + name))
                .to(
                        (key, emission, context) -> emission.destination(),
                        Produced.with(Serdes.String(), emissions()).withName("send-" + name));
    }

    @SuppressWarnings("NullAway") // a tombstone is null to Kafka
    private static Serde<Emission> emissions() {
        return Serdes.serdeFrom((topic, emission) -> emission.value(), (topic, bytes) -> {
            throw new IllegalStateException("an emission is never read back; that it was is a bug");
        });
    }

    private static int partitionsOf(String topic) {
        return Topics.all().stream()
                .filter(spec -> spec.name().equals(topic))
                .mapToInt(Topics.Spec::partitions)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("topic " + topic + " without partitions is a bug"));
    }
}
