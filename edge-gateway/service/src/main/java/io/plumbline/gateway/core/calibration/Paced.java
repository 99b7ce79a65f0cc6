package io.plumbline.gateway.core.calibration;

import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Gives the elements of a list no faster than a share of one processor's time allows: before each it rests for as long as the work on the
 * one before it took, times (100 - percent) / percent. For one thread.
 */
final class Paced<T> extends AbstractList<T> {

    private static final int WHOLE = 100;

    private final List<T> all;
    private final int percent;
    private final LongSupplier ticker;
    private final LongConsumer rest;
    private boolean given;
    private long givenAt;

    private Paced(List<T> all, int percent, LongSupplier ticker, LongConsumer rest) {
        this.all = all;
        this.percent = percent;
        this.ticker = ticker;
        this.rest = rest;
    }

    /** @param percent of one processor, 1 to 100 */
    static <T> List<T> of(List<T> all, int percent) {
        return of(all, percent, System::nanoTime, LockSupport::parkNanos);
    }

    /**
     * @param ticker nanoseconds of a monotonic clock
     * @param rest lets that many nanoseconds go by; may return early
     */
    static <T> List<T> of(List<T> all, int percent, LongSupplier ticker, LongConsumer rest) {
        return percent >= WHOLE ? all : new Paced<>(all, percent, ticker, rest);
    }

    @Override
    public T get(int index) {
        if (given) {
            var worked = ticker.getAsLong() - givenAt;
            rest.accept(worked * (WHOLE - percent) / percent);
        }
        given = true;
        givenAt = ticker.getAsLong();
        return all.get(index);
    }

    @Override
    public int size() {
        return all.size();
    }
}
