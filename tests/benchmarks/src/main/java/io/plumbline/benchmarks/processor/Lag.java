package io.plumbline.benchmarks.processor;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** What a group of consumers has yet to commit, in all topics that it ever committed something of. */
final class Lag {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 500;

    private Lag() {}

    /** @throws IOException if something is still left in the end */
    static void awaitNone(String kafka, String group) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
            var end = System.nanoTime() + PATIENCE.toNanos();
            for (var left = left(admin, group); left != 0; left = left(admin, group)) {
                if (System.nanoTime() > end) {
                    throw new IOException(group + " has yet to commit " + left + " records after " + PATIENCE);
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    /** -1 before the first commit. */
    private static long left(Admin admin, String group) throws InterruptedException, ExecutionException {
        var committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        if (committed.isEmpty()) {
            return -1;
        }
        var ends = admin.listOffsets(committed.keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get();
        return sum(ends.values().stream().map(ListOffsetsResultInfo::offset))
                - sum(committed.values().stream().map(OffsetAndMetadata::offset));
    }

    private static long sum(Stream<Long> offsets) {
        return offsets.mapToLong(Long::longValue).sum();
    }
}
