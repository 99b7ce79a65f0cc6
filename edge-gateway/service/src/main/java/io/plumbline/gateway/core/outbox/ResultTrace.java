package io.plumbline.gateway.core.outbox;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.contract.wire.Require;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway must remember of an accepted reading beyond its result: enough to refill windows and statistics after a
 * crash. Readings never leave the site; this part never goes to Kafka. Immutable.
 *
 * <pre>
 *  offset 0          2              10       12               12 + 4n
 *         +----------+--------------+--------+----------------+------------------------+
 *         | packet   | statsWindow  | n      | n values       | fidelity (JSON), or    |
 *         | u16      | i64 millis   | u16    | float32 each   | nothing, up to the end |
 *         +----------+--------------+--------+----------------+------------------------+
 * </pre>
 *
 * The highest bit of n says that frames were dropped: then, before the fidelity, come their number (u16) and their names
 * (length u16 and UTF-8 each). The next two bits are the {@link Placing}.
 */
public final class ResultTrace {

    private static final int UNSIGNED_SHORT = 0xFFFF;
    private static final int DROPPED = 0x8000;
    private static final int PLACING_SHIFT = 13;
    private static final int PLACING = 3;
    private static final int VALUES = 0x1FFF;

    private final int packet;
    private final Duration statsWindow;
    private final float[] values;
    private final Optional<Fidelity> fidelity;
    private final List<EventId> dropped;
    private final Placing placing;

    /**
     * @param packet MQTT packet identifier it came with; 0 for none
     * @param statsWindow length of the statistics window it was counted in
     * @param values in the order of the model card's features, at most {@value #VALUES}; copied
     * @param fidelity the comparison with FP32, where there was one
     */
    public ResultTrace(int packet, Duration statsWindow, float[] values, Optional<Fidelity> fidelity) {
        this(packet, statsWindow, values, fidelity, List.of());
    }

    /** @param dropped frames that were passed over for this one, fewer than 65,536 */
    public ResultTrace(
            int packet, Duration statsWindow, float[] values, Optional<Fidelity> fidelity, List<EventId> dropped) {
        Require.that(values.length <= VALUES, values.length + " values are more than the " + VALUES + " of a reading");
        this.packet = packet;
        this.statsWindow = statsWindow;
        this.values = values.clone();
        this.fidelity = fidelity;
        this.dropped = List.copyOf(dropped);
        this.placing = Placing.NEXT;
    }

    private ResultTrace(ResultTrace other, Placing placing) {
        this.packet = other.packet;
        this.statsWindow = other.statsWindow;
        this.values = other.values;
        this.fidelity = other.fidelity;
        this.dropped = other.dropped;
        this.placing = placing;
    }

    /** The same of a reading that went there. */
    public ResultTrace placed(Placing where) {
        return where == placing ? this : new ResultTrace(this, where);
    }

    public Placing placing() {
        return placing;
    }

    public int packet() {
        return packet;
    }

    public Duration statsWindow() {
        return statsWindow;
    }

    /** A copy. */
    public float[] values() {
        return values.clone();
    }

    public Optional<Fidelity> fidelity() {
        return fidelity;
    }

    public List<EventId> dropped() {
        return dropped;
    }

    public byte[] toBytes() {
        var json = fidelity.map(Json::encode).orElseGet(() -> new byte[0]);
        var names = dropped.isEmpty() ? new byte[0] : names();
        var out = ByteBuffer.allocate(12 + 4 * values.length + names.length + json.length);
        out.putShort((short) packet);
        out.putLong(statsWindow.toMillis());
        var flags = (dropped.isEmpty() ? 0 : DROPPED) | placing.ordinal() << PLACING_SHIFT;
        out.putShort((short) (values.length | flags));
        for (float value : values) {
            out.putFloat(value);
        }
        out.put(names);
        out.put(json);
        return out.array();
    }

    private byte[] names() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeShort(dropped.size());
            for (var event : dropped) {
                var name = event.value().getBytes(StandardCharsets.UTF_8);
                out.writeShort(name.length);
                out.write(name);
            }
        } catch (IOException e) {
            throw new IllegalStateException("names that cannot be written are a bug", e);
        }
        return bytes.toByteArray();
    }

    private static List<EventId> names(ByteBuffer in) {
        var names = new ArrayList<EventId>();
        var count = in.getShort() & UNSIGNED_SHORT;
        for (int i = 0; i < count; i++) {
            var name = new byte[in.getShort() & UNSIGNED_SHORT];
            in.get(name);
            names.add(new EventId(new String(name, StandardCharsets.UTF_8)));
        }
        return names;
    }

    /** @throws MalformedMessageException if the bytes are not such a trace */
    public static ResultTrace from(byte[] bytes) {
        try {
            var in = ByteBuffer.wrap(bytes);
            var packet = in.getShort() & UNSIGNED_SHORT;
            var statsWindow = Duration.ofMillis(in.getLong());
            var n = in.getShort() & UNSIGNED_SHORT;
            var values = new float[n & VALUES];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.getFloat();
            }
            var dropped = (n & DROPPED) == 0 ? List.<EventId>of() : names(in);
            var json = new byte[in.remaining()];
            in.get(json);
            return new ResultTrace(packet, statsWindow, values, decode(json), dropped)
                    .placed(Placing.values()[n >> PLACING_SHIFT & PLACING]);
        } catch (BufferUnderflowException e) {
            throw new MalformedMessageException("trace of a result ends too early", e);
        }
    }

    private static Optional<Fidelity> decode(byte[] json) {
        return json.length == 0 ? Optional.empty() : Optional.of(Json.decode(json, Fidelity.class));
    }
}
