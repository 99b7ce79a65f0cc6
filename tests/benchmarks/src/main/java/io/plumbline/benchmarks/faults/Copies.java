package io.plumbline.benchmarks.faults;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells a record that was sent again after a crash from one that is there twice: a copy is the same to the last byte, headers
 * and key included, and every reader may drop it. Thread-safe.
 */
final class Copies {

    private final Set<UUID> seen = new HashSet<>();
    private long count;

    synchronized boolean isCopy(ConsumerRecord<String, byte[]> record) {
        var copy = !seen.add(identity(record));
        count += copy ? 1 : 0;
        return copy;
    }

    synchronized long count() {
        return count;
    }

    private static UUID identity(ConsumerRecord<String, byte[]> record) {
        var sum = sha256();
        sum.update(record.topic().getBytes(StandardCharsets.UTF_8));
        sum.update(record.key().getBytes(StandardCharsets.UTF_8));
        record.headers().forEach(header -> {
            sum.update(header.key().getBytes(StandardCharsets.UTF_8));
            sum.update(header.value());
        });
        sum.update(record.value());
        var digest = ByteBuffer.wrap(sum.digest());
        return new UUID(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
