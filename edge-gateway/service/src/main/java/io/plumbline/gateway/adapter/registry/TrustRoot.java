package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The keys that may sign builds: a file with a JSON list of Ed25519 public keys, X.509 in base64. It is read for every
 * check, so that a key taken out of it counts no more from then on. Thread-safe.
 */
public final class TrustRoot {

    private final Path file;

    public TrustRoot(Path file) {
        this.file = file;
    }

    /**
     * Whether a trusted key signed this manifest.
     *
     * @throws UnfitBuildException if the trust root itself cannot be read: nothing is trusted then
     */
    boolean vouchesFor(Digest manifest, DsseEnvelope envelope) throws UnfitBuildException {
        return envelope.payloadType().equals(DsseEnvelope.MANIFEST_DIGEST)
                && envelope.isSignedBy(keys())
                && new String(envelope.content(), StandardCharsets.UTF_8).equals(manifest.value());
    }

    private List<PublicKey> keys() throws UnfitBuildException {
        try {
            var keys = new ArrayList<PublicKey>();
            for (var text : Json.decode(Files.readAllBytes(file), String[].class)) {
                var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(text));
                keys.add(KeyFactory.getInstance("Ed25519").generatePublic(spec));
            }
            return keys;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | MalformedMessageException e) {
            throw new UnfitBuildException("trust root " + file + " cannot be read: " + e, e);
        }
    }
}
