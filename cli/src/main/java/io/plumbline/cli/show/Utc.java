package io.plumbline.cli.show;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in tables: UTC, to the second. */
public final class Utc {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Utc() {}

    /** Such as {@code 2026-01-02 03:04:05}. */
    public static String second(Instant time) {
        return SECOND.format(time);
    }
}
