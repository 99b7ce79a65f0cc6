package io.plumbline.gateway.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentRecordsTest {

    private final RecentRecords recent = new RecentRecords(100);

    private static OutboxRecord record(int number) {
        return OutboxRecord.dropped(number);
    }

    private List<Integer> from(long number, int most) {
        return recent.from(number, most).stream().map(OutboxRecord::dropped).toList();
    }

    @Test
    void itGivesWhatCameFromANumberOnGroupByGroup() {
        recent.add(7, List.of(record(7), record(8)), 40);
        recent.add(9, List.of(record(9)), 20);
        assertThat(from(7, 10)).containsExactly(7, 8);
        assertThat(from(8, 10)).containsExactly(8);
        assertThat(from(7, 1)).containsExactly(7);
        assertThat(from(9, 10)).containsExactly(9);
        assertThat(from(10, 10)).isEmpty();
        assertThat(from(6, 10)).isEmpty();
    }

    @Test
    void theOldestGroupsLeaveAndTheNewestStaysHoweverLargeItIs() {
        recent.add(0, List.of(record(0)), 60);
        recent.add(1, List.of(record(1)), 60);
        assertThat(from(0, 1)).isEmpty();
        assertThat(from(1, 1)).containsExactly(1);
        recent.add(2, List.of(record(2)), 1_000);
        assertThat(from(1, 1)).isEmpty();
        assertThat(from(2, 1)).containsExactly(2);
    }
}
