package io.plumbline.gateway.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when it is told to. */
public final class MutableClock extends Clock {

    private volatile Instant now = Instant.parse("2026-06-01T12:00:00Z");

    private int untilFailure = -1;

    public void advance(Duration by) {
        now = now.plus(by);
    }

    /** The next looks at it succeed, the one after them fails, and then it works again. */
    public void failAfter(int looks) {
        untilFailure = looks;
    }

    @Override
    public Instant instant() {
        if (untilFailure-- == 0) {
            throw new IllegalStateException("the clock\nis broken");
        }
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
