package io.plumbline.signals.trace;

import java.util.Optional;

/** Something that is being done; it is done when this is closed. */
public interface Step extends AutoCloseable {

    /** For whatever follows from it; empty if nobody follows. */
    Optional<String> traceparent();

    @Override
    void close();
}
