package io.plumbline.benchmarks.feed;

import java.util.List;
import java.util.stream.IntStream;

/** Publish a {@link Feed}, each on a thread of its own. */
public final class Senders implements AutoCloseable {

    private final List<Sender> senders;
    private final List<Thread> threads;

    public Senders(String url, Feed feed) {
        this.senders = IntStream.range(0, Sender.SENDERS)
                .mapToObj(number -> new Sender(url, number, feed))
                .toList();
        this.threads = senders.stream().map(Thread::new).toList();
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Every message from this number on is published after this call. */
    public long next() {
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
