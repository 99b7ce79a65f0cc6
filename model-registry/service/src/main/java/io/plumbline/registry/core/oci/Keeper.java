package io.plumbline.registry.core.oci;

import java.util.Optional;

/** Knows what must not be deleted. Thread-safe. */
public interface Keeper {

    /** Why the manifest has to stay in its repository, in one line that says what would let it go; empty if it may go. */
    Optional<String> objection(String repository, Manifest manifest);
}
