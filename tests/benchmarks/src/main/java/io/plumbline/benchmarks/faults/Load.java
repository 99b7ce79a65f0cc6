package io.plumbline.benchmarks.faults;

import java.util.List;
import java.util.stream.IntStream;

/** All senders, each on a thread. */
final class Load implements AutoCloseable {

    private final List<Sender> senders;
    private final List<Thread> threads;

    /** @param perSecond messages of all together */
    Load(String url, double perSecond, Script script, Ledger ledger) {
        this.senders = IntStream.range(0, Sender.SENDERS)
                .mapToObj(number ->
                        new Sender(new Sender.Target(url, number, perSecond / Sender.SENDERS), script, ledger))
                .toList();
        this.threads = senders.stream().map(Thread::new).toList();
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Every message from this number on is published after this call. */
    long next() {
        return senders.stream().mapToLong(Sender::next).max().orElse(0) + Sender.SENDERS;
    }

    /** Returns when every message is acknowledged. */
    @Override
    public void close() throws InterruptedException {
        senders.forEach(Sender::stop);
        for (var thread : threads) {
            thread.join();
        }
    }
}
