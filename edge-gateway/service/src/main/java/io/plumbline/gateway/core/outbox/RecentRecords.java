package io.plumbline.gateway.core.outbox;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The newest records of an outbox, as they were appended, so that the one who follows closely need not read and take apart
 * what was just put together. What was taken is let go at once, and so are the oldest beyond a bound in bytes: records that
 * lived longer would fill the heap's old generation. Not thread-safe.
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
            removeOldest();
        }
    }

    private void removeOldest() {
        bytes -= groups.removeFirst().bytes;
    }

    /** At most so many records from this number on, for the last time; empty if they are no longer here, or not yet. */
    public List<OutboxRecord> take(long number, int most) {
        while (!groups.isEmpty() && groups.peekFirst().next() <= number) {
            removeOldest();
        }
        var group = groups.peekFirst();
        if (group == null || number < group.first) {
            return List.of();
        }
        var from = (int) (number - group.first);
        var to = Math.min(group.records.size(), from + most);
        if (to == group.records.size()) {
            removeOldest();
        }
        return group.records.subList(from, to);
    }
}
