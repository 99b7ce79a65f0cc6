package io.plumbline.gateway.core.outbox;

import java.util.Arrays;
import java.util.Optional;

/** What a record is. The codes are on disk and are never used again for something else. */
public enum RecordKind {
    RESULT(1),
    DEAD_LETTER(2),
    STATS(3),
    EVENT(4),
    /** Messages that found no room; for this gateway alone. */
    DROPPED(5),
    /** What a Sparkplug device said of itself at birth; for this gateway alone. */
    BIRTH(6),
    /** Devices, or a stream, that left the assignment; for this gateway alone. */
    FORGOTTEN(7);

    private final byte code;

    RecordKind(int code) {
        this.code = (byte) code;
    }

    /** Whether Kafka gets it. */
    public boolean isForKafka() {
        return switch (this) {
            case RESULT, DEAD_LETTER, STATS, EVENT -> true;
            case DROPPED, BIRTH, FORGOTTEN -> false;
        };
    }

    byte code() {
        return code;
    }

    static Optional<RecordKind> of(byte code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
}
