package io.plumbline.cli.topic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Drops what gateways sent again after a crash: a copy is the same to the last byte, headers and key included. It remembers every
 * record, so it is for readers that end. Thread-safe.
 */
public final class Copies implements Consumer<ConsumerRecord<String, byte[]>> {

    private final Consumer<ConsumerRecord<String, byte[]>> reader;
    private final Set<UUID> seen = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();

    /** @param reader gets the first of each */
    public Copies(Consumer<ConsumerRecord<String, byte[]>> reader) {
        this.reader = reader;
    }

    @Override
    public void accept(ConsumerRecord<String, byte[]> record) {
        if (seen.add(identity(record))) {
            reader.accept(record);
        } else {
            count.incrementAndGet();
        }
    }

    /** Dropped so far. */
    public long count() {
        return count.get();
    }

    private static UUID identity(ConsumerRecord<String, byte[]> record) {
        var sum = sha256();
        add(sum, record.topic().getBytes(StandardCharsets.UTF_8));
        add(sum, record.key().getBytes(StandardCharsets.UTF_8));
        record.headers().forEach(header -> {
            add(sum, header.key().getBytes(StandardCharsets.UTF_8));
            add(sum, header.value());
        });
        add(sum, record.value());
        var digest = ByteBuffer.wrap(sum.digest());
        return new UUID(digest.getLong(), digest.getLong());
    }

    private static void add(MessageDigest sum, byte[] part) {
        sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        sum.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
