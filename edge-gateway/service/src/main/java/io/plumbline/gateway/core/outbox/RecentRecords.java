package io.plumbline.gateway.core.outbox;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The newest records of an outbox, as they were appended, so that who follows closely need not read and take apart what was
 * just put together. Bounded in bytes. Not thread-safe.
 */
public final class RecentRecords {

    private final long mostBytes;
    private final ArrayDeque<Group> groups = new ArrayDeque<>();
    private long bytes;

    /** @param mostBytes of records as they lie on disk; the newest group is kept however large it is */
    public RecentRecords(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    private record Group(long first, List<OutboxRecord> records, int bytes) {

        private long next() {
            return first + records.size();
        }
    }

    /**
     * @param first number of the first one
     * @param length bytes of all on disk
     */
    public void add(long first, List<OutboxRecord> records, int length) {
        groups.addLast(new Group(first, List.copyOf(records), length));
        bytes += length;
        while (bytes > mostBytes && groups.size() > 1) {
            bytes -= groups.removeFirst().bytes;
        }
    }

    /** At most so many records from this number on; empty if they are no longer here, or not yet. */
    public List<OutboxRecord> from(long number, int most) {
        for (var newest = groups.descendingIterator(); newest.hasNext(); ) {
            var group = newest.next();
            if (number >= group.next()) {
                return List.of();
            }
            if (number >= group.first) {
                var from = (int) (number - group.first);
                return group.records.subList(from, Math.min(group.records.size(), from + most));
            }
        }
        return List.of();
    }
}
