package io.plumbline.gateway.core.stream;

import java.util.Arrays;

/** The last different pairs of a device time and a sequence, oldest first. Grows up to its bound. Not thread-safe. */
final class NumberRing {

    private static final int FEW = 16;

    private final int most;
    private long[] millis = new long[FEW];
    private long[] sequences = new long[FEW];
    private int first;
    private int size;
    /** No pair with a later time was ever added: devices mostly go forward, and then there is nothing to look for. */
    private long latest = Long.MIN_VALUE;

    /** @param most a power of two of at least {@value #FEW} */
    NumberRing(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** @param index 0 for the oldest */
    long millis(int index) {
        return millis[slot(index)];
    }

    long sequence(int index) {
        return sequences[slot(index)];
    }

    private int slot(int index) {
        return (first + index) & (millis.length - 1);
    }

    boolean contains(long time, long sequence) {
        if (time > latest) {
            return false;
        }
        // Until the ring is full it fills its arrays from the beginning.
        for (int i = 0; i < size; i++) {
            if (millis[i] == time && sequences[i] == sequence) {
                return true;
            }
        }
        return false;
    }

    /** The oldest leaves if there are too many; one that is there stays where it is. */
    void add(long time, long sequence) {
        if (contains(time, sequence)) {
            return;
        }
        if (size == millis.length && size < most) {
            millis = Arrays.copyOf(millis, 2 * size);
            sequences = Arrays.copyOf(sequences, 2 * size);
        }
        if (size == most) {
            first = (first + 1) & (most - 1);
        } else {
            size++;
        }
        millis[slot(size - 1)] = time;
        sequences[slot(size - 1)] = sequence;
        latest = Math.max(latest, time);
    }
}
