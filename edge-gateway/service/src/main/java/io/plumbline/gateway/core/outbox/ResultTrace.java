package io.plumbline.gateway.core.outbox;

import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
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
 */
public final class ResultTrace {

    private static final int UNSIGNED_SHORT = 0xFFFF;

    private final int packet;
    private final Duration statsWindow;
    private final float[] values;
    private final Optional<Fidelity> fidelity;

    /**
     * @param packet MQTT packet identifier it came with; 0 for none
     * @param statsWindow length of the statistics window it was counted in
     * @param values in the order of the model card's features; copied
     * @param fidelity the comparison with FP32, where there was one
     */
    public ResultTrace(int packet, Duration statsWindow, float[] values, Optional<Fidelity> fidelity) {
        this.packet = packet;
        this.statsWindow = statsWindow;
        this.values = values.clone();
        this.fidelity = fidelity;
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

    public byte[] toBytes() {
        var json = fidelity.map(Json::encode).orElseGet(() -> new byte[0]);
        var out = ByteBuffer.allocate(12 + 4 * values.length + json.length);
        out.putShort((short) packet);
        out.putLong(statsWindow.toMillis());
        out.putShort((short) values.length);
        for (float value : values) {
            out.putFloat(value);
        }
        out.put(json);
        return out.array();
    }

    /** @throws MalformedMessageException if the bytes are not such a trace */
    public static ResultTrace from(byte[] bytes) {
        try {
            var in = ByteBuffer.wrap(bytes);
            var packet = in.getShort() & UNSIGNED_SHORT;
            var statsWindow = Duration.ofMillis(in.getLong());
            var values = new float[in.getShort() & UNSIGNED_SHORT];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.getFloat();
            }
            var json = new byte[in.remaining()];
            in.get(json);
            return new ResultTrace(packet, statsWindow, values, decode(json));
        } catch (BufferUnderflowException e) {
            throw new MalformedMessageException("trace of a result ends too early", e);
        }
    }

    private static Optional<Fidelity> decode(byte[] json) {
        return json.length == 0 ? Optional.empty() : Optional.of(Json.decode(json, Fidelity.class));
    }
}
