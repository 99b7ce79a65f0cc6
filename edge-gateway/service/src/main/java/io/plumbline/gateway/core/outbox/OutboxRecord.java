package io.plumbline.gateway.core.outbox;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One Kafka record to be, with what the gateway itself needs to remember of it. Immutable; the arrays handed in and out are
 * not copied and must not be changed.
 *
 * <p>Layout of the bytes, numbers big-endian, bytes as 32-bit length and content, texts as the bytes of their
 * UTF-8:
 *
 * <pre>
 *  offset 0     1      2      ...
 *         +-----+------+------+---------+-------------------+-------+-------+
 *         | 2   | kind | key  | headers | header pairs      | value | trace |
 *         | u8  | u8   | text | u16     | text, text, ...   | bytes | bytes |
 *         +-----+------+------+---------+-------------------+-------+-------+
 * </pre>
 *
 * The first byte is the layout's version. Version 1, which is still read, has a time (i64) before the key.
 */
public final class OutboxRecord {

    private static final int VERSION = 2;
    private static final int VERSION_WITH_TIME = 1;
    private static final byte[] NOTHING = {};
    private static final String STREAM = "stream";

    private final RecordKind kind;
    private final String key;
    private final byte[] keyBytes;
    private final Map<String, String> headers;
    private final byte[] value;
    private final byte[] trace;

    private OutboxRecord(RecordKind kind, String key, Map<String, String> headers, Bodies bodies) {
        this.kind = kind;
        this.key = key;
        this.keyBytes = utf8(key);
        this.headers = headers;
        this.value = bodies.value;
        this.trace = bodies.trace;
    }

    public static OutboxRecord result(InferenceResult result, ResultTrace trace) {
        return result(result, trace, Map.of());
    }

    /** @param headers of the Kafka record */
    public static OutboxRecord result(InferenceResult result, ResultTrace trace, Map<String, String> headers) {
        return new OutboxRecord(
                RecordKind.RESULT, result.device().value(), headers, new Bodies(result.toBytes(), trace.toBytes()));
    }

    public static OutboxRecord deadLetter(DeadLetter letter, byte[] payload, RefusalTrace trace) {
        return new OutboxRecord(
                RecordKind.DEAD_LETTER, letter.source(), letter.headers(), new Bodies(payload, trace.toBytes()));
    }

    public static OutboxRecord stats(StatsDelta delta) {
        return new OutboxRecord(RecordKind.STATS, delta.partitionKey(), Map.of(), new Bodies(delta.toBytes(), NOTHING));
    }

    public static OutboxRecord event(GatewayEvent event) {
        return new OutboxRecord(
                RecordKind.EVENT, event.gateway().value(), Map.of(), new Bodies(Json.encode(event), NOTHING));
    }

    /** So many messages were dropped before they were read. */
    public static OutboxRecord dropped(int messages) {
        var count = ByteBuffer.allocate(Integer.BYTES).putInt(messages).array();
        return new OutboxRecord(RecordKind.DROPPED, "", Map.of(), new Bodies(NOTHING, count));
    }

    /** Of a record that tells of dropped messages, how many. */
    public int dropped() {
        return ByteBuffer.wrap(trace).getInt();
    }

    /** @param certificate what the device said, as bytes that this class does not look into */
    public static OutboxRecord birth(StreamId stream, DeviceId device, byte[] certificate) {
        return new OutboxRecord(
                RecordKind.BIRTH, device.value(), Map.of(STREAM, stream.value()), new Bodies(NOTHING, certificate));
    }

    /** @param devices of the stream; none for the stream itself */
    public static OutboxRecord forgotten(StreamId stream, Collection<DeviceId> devices) {
        var names = devices.stream().map(DeviceId::value).collect(Collectors.joining("\n"));
        return new OutboxRecord(
                RecordKind.FORGOTTEN,
                "",
                Map.of(STREAM, stream.value()),
                new Bodies(NOTHING, names.getBytes(StandardCharsets.UTF_8)));
    }

    /** Devices of a record that tells of forgotten ones; none for the stream itself. */
    public List<DeviceId> forgotten() {
        return new String(trace, StandardCharsets.UTF_8)
                .lines()
                .map(DeviceId::new)
                .toList();
    }

    /** Stream of a record that tells of a birth or of what was forgotten. */
    public StreamId stream() {
        return new StreamId(headers.getOrDefault(STREAM, ""));
    }

    public RecordKind kind() {
        return kind;
    }

    /** Key of the Kafka record. */
    public String key() {
        return key;
    }

    /** The same in UTF-8. */
    public byte[] keyBytes() {
        return keyBytes;
    }

    /** Headers of the Kafka record, in UTF-8 text. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Value of the Kafka record. */
    public byte[] value() {
        return value;
    }

    /** What does not go to Kafka: a {@link ResultTrace}, a {@link RefusalTrace}, a count, a birth certificate or names; empty for the other kinds. */
    public byte[] trace() {
        return trace;
    }

    public byte[] toBytes() {
        var out = ByteBuffer.allocate(size());
        writeTo(out);
        return out.array();
    }

    /** How many bytes it has. */
    public int size() {
        var size = 2 + Integer.BYTES + keyBytes.length + Short.BYTES;
        for (var header : headers.entrySet()) {
            size += 2 * Integer.BYTES + utf8(header.getKey()).length + utf8(header.getValue()).length;
        }
        return size + 2 * Integer.BYTES + value.length + trace.length;
    }

    /** Puts its bytes there. */
    public void writeTo(ByteBuffer out) {
        out.put((byte) VERSION).put(kind.code());
        write(out, keyBytes);
        out.putShort((short) headers.size());
        for (var header : headers.entrySet()) {
            write(out, utf8(header.getKey()));
            write(out, utf8(header.getValue()));
        }
        write(out, value);
        write(out, trace);
    }

    /** @throws MalformedMessageException if the bytes are not such a record */
    public static OutboxRecord from(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var version = in.readUnsignedByte();
            if (version != VERSION && version != VERSION_WITH_TIME) {
                throw new MalformedMessageException("outbox record of unknown version " + version);
            }
            var code = in.readByte();
            var kind = RecordKind.of(code)
                    .orElseThrow(() -> new MalformedMessageException("outbox record of unknown kind " + code));
            if (version == VERSION_WITH_TIME) {
                in.readLong();
            }
            var key = text(in);
            var headers = readHeaders(in);
            return new OutboxRecord(kind, key, headers, new Bodies(read(in), read(in)));
        } catch (IOException e) {
            throw new MalformedMessageException("outbox record ends too early", e);
        }
    }

    private static Map<String, String> readHeaders(DataInputStream in) throws IOException {
        var count = in.readUnsignedShort();
        var headers = new LinkedHashMap<String, String>();
        for (int i = 0; i < count; i++) {
            headers.put(text(in), text(in));
        }
        return headers;
    }

    private static void write(ByteBuffer out, byte[] body) {
        out.putInt(body.length).put(body);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(read(in), StandardCharsets.UTF_8);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        var length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new MalformedMessageException("outbox record with an impossible length " + length);
        }
        return in.readNBytes(length);
    }

    private static final class Bodies {
        private final byte[] value;
        private final byte[] trace;

        private Bodies(byte[] value, byte[] trace) {
            this.value = value;
            this.trace = trace;
        }
    }
}
