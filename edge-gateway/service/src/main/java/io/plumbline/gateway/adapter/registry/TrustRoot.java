package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The file of {@link TrustedKeys}. It is read for every check, so that a key taken out of it counts no more from then on.
 * Thread-safe.
 */
public final class TrustRoot {

    private final Path file;
    private final InstantSource clock;

    public TrustRoot(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Whether a trusted key signed this manifest.
     *
     * @throws UnfitBuildException if the trust root itself cannot be read: nothing is trusted then
     */
    boolean vouchesFor(Digest manifest, DsseEnvelope envelope) throws UnfitBuildException {
        try {
            return TrustedKeys.read(Files.readAllBytes(file))
                    .signer(manifest, envelope, clock.instant())
                    .isPresent();
        } catch (IOException | MalformedMessageException e) {
            throw new UnfitBuildException("trust root " + file + " cannot be read: " + e, e);
        }
    }
}
