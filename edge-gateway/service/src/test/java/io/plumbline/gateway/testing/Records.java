package io.plumbline.gateway.testing;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RefusalTrace;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Outbox records of equal length that carry a number. */
public final class Records {

    private Records() {}

    public static List<OutboxRecord> letters(int from, int count) {
        var records = new ArrayList<OutboxRecord>();
        for (int i = from; i < from + count; i++) {
            records.add(letter(i));
        }
        return records;
    }

    private static OutboxRecord letter(int number) {
        var letter = new DeadLetter(
                DeadLetterReason.MALFORMED,
                "no reading",
                "sites/north/motes/north-1/climate",
                new GatewayId("gw-north"),
                new SiteId("north"),
                new StreamId("climate"),
                Instant.EPOCH);
        var payload = ByteBuffer.allocate(4).putInt(number).array();
        return OutboxRecord.deadLetter(letter, payload, new RefusalTrace(1, number));
    }

    public static int number(OutboxRecord record) {
        return ByteBuffer.wrap(record.value()).getInt();
    }
}
