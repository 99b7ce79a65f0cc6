package io.plumbline.gateway.adapter.kafka;

import java.util.OptionalLong;

/** How far an outbox got, kept where its records go. For one thread. */
interface Position extends AutoCloseable {

    /** What was kept last; empty if nothing ever was, or another data folder kept it. */
    OptionalLong known() throws InterruptedException;

    /** Begins to keep it, and returns at once; fails if what was to be kept before could not be. */
    void keep(long position);

    /** Waits a moment for what is being kept. */
    @Override
    void close();
}
