package io.plumbline.gateway.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentRecordsTest {

    private final RecentRecords recent = new RecentRecords(100);

    private static OutboxRecord record(int number) {
        return OutboxRecord.dropped(number);
    }

    private List<Integer> take(long number, int most) {
        return recent.take(number, most).stream().map(OutboxRecord::dropped).toList();
    }

    @Test
    void itGivesEachRecordOnceGroupByGroup() {
        recent.add(7, List.of(record(7), record(8), record(9)), 40);
        recent.add(10, List.of(record(10)), 20);
        assertThat(take(6, 10)).isEmpty();
        assertThat(take(7, 2)).containsExactly(7, 8);
        assertThat(take(9, 10)).containsExactly(9);
        assertThat(take(9, 10)).isEmpty();
        assertThat(take(10, 10)).containsExactly(10);
        assertThat(take(11, 10)).isEmpty();
    }

    @Test
    void whoBeginsInTheMiddleMissesNothing() {
        recent.add(0, List.of(record(0)), 10);
        recent.add(1, List.of(record(1), record(2)), 10);
        assertThat(take(2, 10)).containsExactly(2);
        recent.add(3, List.of(record(3)), 10);
        assertThat(take(3, 10)).containsExactly(3);
    }

    @Test
    void theOldestGroupsLeaveAndTheNewestStaysHoweverLargeItIs() {
        recent.add(0, List.of(record(0)), 60);
        recent.add(1, List.of(record(1)), 60);
        assertThat(take(0, 1)).isEmpty();
        assertThat(take(1, 1)).containsExactly(1);
        recent.add(2, List.of(record(2)), 1_000);
        assertThat(take(2, 1)).containsExactly(2);
    }
}
