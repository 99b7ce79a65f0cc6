package io.plumbline.gateway.core.outbox;

import java.util.Arrays;
import java.util.Optional;

/** What a record is. The codes are on disk and are never used again for something else. */
public enum RecordKind {
    RESULT(1),
    DEAD_LETTER(2),
    STATS(3),
    EVENT(4),
    /** Only for this gateway itself: Kafka never gets it. */
    DROPPED(5);

    private final byte code;

    RecordKind(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    static Optional<RecordKind> of(byte code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
}
