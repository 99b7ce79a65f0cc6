package io.plumbline.contract.artifact;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Require;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A key that may sign builds.
 *
 * @param key Ed25519 public key, X.509 in base64
 * @param until wall-clock time from which on its signatures count no more; empty for as long as it is listed
 */
public record TrustedKey(String key, Optional<Instant> until) {

    public TrustedKey {
        publicKey(key);
    }

    public static TrustedKey of(PublicKey key) {
        return new TrustedKey(Base64.getEncoder().encodeToString(key.getEncoded()), Optional.empty());
    }

    /** For people, and the hint that signatures carry. */
    public String id() {
        return Digest.of(Base64.getDecoder().decode(key)).shortHex();
    }

    public boolean countsAt(Instant now) {
        return until.isEmpty() || now.isBefore(until.get());
    }

    PublicKey publicKey() {
        return publicKey(key);
    }

    private static PublicKey publicKey(String base64) {
        Require.notEmpty("key", base64);
        try {
            var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
            return KeyFactory.getInstance("Ed25519").generatePublic(spec);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "key '" + base64 + "' must be an Ed25519 public key, X.509 in base64: " + e.getMessage(), e);
        }
    }
}
