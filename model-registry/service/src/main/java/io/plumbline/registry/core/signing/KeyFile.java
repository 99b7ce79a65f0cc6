package io.plumbline.registry.core.signing;

import java.time.Instant;
import java.util.Optional;

/**
 * A key of the registry in its settings.
 *
 * @param name of the file in the data folder, or a path
 * @param until when the key is over; empty for one that is not, which is made if it is not there
 */
public record KeyFile(String name, Optional<Instant> until) {}
