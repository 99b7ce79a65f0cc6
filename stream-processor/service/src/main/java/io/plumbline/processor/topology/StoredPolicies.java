package io.plumbline.processor.topology;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.ModelPolicy;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.judging.policy.BrokenSettingException;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.judging.policy.Policies;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.jboss.logging.Logger;

/**
 * What the topic of policies says of each model, over the processor's own. Every instance has all of it before it judges anything, also where the control
 * plane is away. Of a model whose policy cannot be read nothing is said: its verdict is INSUFFICIENT. Confined to one thread.
 */
final class StoredPolicies implements Policies {

    private static final Logger LOG = Logger.getLogger(StoredPolicies.class);
    private static final String STORE = "policies";

    private final JudgingPolicy usual;
    private final TimestampedKeyValueStore<String, byte[]> store;
    private final Map<ModelName, Read> read = new HashMap<>();

    private StoredPolicies(JudgingPolicy usual, TimestampedKeyValueStore<String, byte[]> store) {
        this.usual = usual;
        this.store = store;
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    private record Read(byte[] bytes, JudgingPolicy policy) {}

    /** Adds the topic, as a table that every instance has whole. */
    static void in(StreamsBuilder builder, String topic) {
        builder.globalTable(
                topic,
                Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("read-" + topic),
                Materialized.<String, byte[]>as(org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(STORE))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.ByteArray()));
    }

    static StoredPolicies of(JudgingPolicy usual, ProcessingContext context) {
        TimestampedKeyValueStore<String, byte[]> store = context.getStateStore(STORE);
        return new StoredPolicies(usual, store);
    }

    @Override
    public JudgingPolicy usual() {
        return usual;
    }

    @Override
    public JudgingPolicy of(ModelName model) {
        var said = store.get(model.value());
        if (said == null) {
            return usual;
        }
        var before = read.get(model);
        if (before != null && Arrays.equals(before.bytes(), said.value())) {
            return before.policy();
        }
        var policy = read(model, said.value());
        read.put(model, new Read(said.value(), policy));
        return policy;
    }

    private JudgingPolicy read(ModelName model, byte[] bytes) {
        try {
            return usual.ofModel(Json.decode(bytes, ModelPolicy.class).settings());
        } catch (MalformedMessageException | BrokenSettingException e) {
            LOG.errorf("policy-unreadable so nothing is said of the model model=%s reason=%s", model, e.getMessage());
            return usual.sayingNothing();
        }
    }
}
