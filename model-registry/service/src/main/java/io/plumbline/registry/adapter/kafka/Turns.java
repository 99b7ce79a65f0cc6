package io.plumbline.registry.adapter.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Two queues that take turns: whoever waits in one is not kept waiting by however many wait in the other. Thread-safe.
 */
final class Turns {

    private final Deque<Runnable> urgent = new ArrayDeque<>();
    private final Deque<Runnable> usual = new ArrayDeque<>();
    private boolean wasUrgent;

    synchronized void addUrgent(Runnable work) {
        urgent.add(work);
    }

    synchronized void add(Runnable work) {
        usual.add(work);
    }

    /** The first of the queue whose turn it is, urgent work first; empty if both are. */
    synchronized Optional<Runnable> next() {
        wasUrgent = !urgent.isEmpty() && (!wasUrgent || usual.isEmpty());
        return Optional.ofNullable((wasUrgent ? urgent : usual).poll());
    }
}
