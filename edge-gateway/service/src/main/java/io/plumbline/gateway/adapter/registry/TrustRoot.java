package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The file of {@link TrustedKeys}. It is read for every check, so that a key taken out of it and a build taken back count no more
 * from then on. Thread-safe.
 */
public final class TrustRoot {

    private final Path file;
    private final InstantSource clock;

    public TrustRoot(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * What it says now.
     *
     * @throws UnfitBuildException if it cannot be read: nothing is trusted then
     */
    TrustedKeys read() throws UnfitBuildException {
        try {
            return TrustedKeys.read(Files.readAllBytes(file));
        } catch (IOException | MalformedMessageException e) {
            throw new UnfitBuildException("trust root " + file + " cannot be read: " + e, e);
        }
    }

    /** The time that the ends of keys are held against. */
    Instant now() {
        return clock.instant();
    }
}
