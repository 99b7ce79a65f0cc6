package io.plumbline.benchmarks.recalibration;

import io.plumbline.benchmarks.real.Room;
import io.plumbline.cli.climate.MoteFleet;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.wire.Json;
import io.plumbline.support.Leaks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The sensors of a room over MQTT, and the people in it, who label on Kafka. Every value is changed by less than a thousandth of what the
 * sensor resolves, so that it has digits by which it is known wherever it turns up.
 */
final class RoomVoice implements AutoCloseable {

    static final StreamId STREAM = new StreamId("rooms");

    private static final double LEAST = 1e-6;

    private final Room room;
    private final SiteId site;
    private final DeviceId device;
    private final Leaks leaks;
    private final MoteFleet motes;
    private final KafkaProducer<String, byte[]> labels;
    private final Random random = new Random(5);
    private float[] before = {};
    private long said;

    RoomVoice(Room room, SiteId site, Estate estate, Leaks leaks) {
        this.room = room;
        this.site = site;
        this.device = new DeviceId("room-" + site);
        this.leaks = leaks;
        this.motes = new MoteFleet(estate.mqtt());
        this.labels = new KafkaProducer<>(
                Map.of("bootstrap.servers", estate.kafka(), "linger.ms", 20),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void say(List<Room.Minute> minutes, boolean labelled) throws Exception {
        for (var minute : minutes) {
            var payload = payload(minute);
            motes.send(site, device, payload);
            if (labelled) {
                var event = EventId.ofSequence(device, STREAM, minute.time(), said);
                var label = Json.encode(new Label(event, device, minute.time(), minute.truth()));
                var unused = labels.send(new ProducerRecord<>(Topics.LABELS, device.value(), label));
            }
        }
        motes.flush();
        labels.flush();
    }

    private String payload(Room.Minute minute) {
        said++;
        var values = minute.values();
        var told = new float[values.length];
        var text = new StringBuilder("{\"seq\":" + said + ",\"time\":\"" + minute.time() + "\"");
        for (int i = 0; i < values.length; i++) {
            var value = values[i] + LEAST * (Math.abs(values[i]) + LEAST) * (1 + random.nextDouble());
            told[i] = (float) value;
            leaks.keep(value);
            text.append(",\"").append(room.features().get(i)).append("\":").append(value);
            if (before.length > 0) {
                leaks.keep(before[i], told[i]);
            }
        }
        leaks.keep(told);
        before = told;
        var payload = text.append('}').toString();
        if (leaks.find(payload.getBytes(StandardCharsets.UTF_8), Set.of()).isEmpty()) {
            throw new IllegalStateException("the reading " + payload + " would not be found: this is a bug");
        }
        return payload;
    }

    /** Readings so far. */
    long said() {
        return said;
    }

    @Override
    public void close() throws Exception {
        motes.close();
        labels.close();
    }
}
