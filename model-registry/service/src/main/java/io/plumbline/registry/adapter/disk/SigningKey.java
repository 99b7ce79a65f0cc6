package io.plumbline.registry.adapter.disk;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** An Ed25519 key of the registry: made when it is first asked for, readable by its owner only. */
public final class SigningKey {

    private final PrivateKey key;
    private final TrustedKey trusted;

    private SigningKey(PrivateKey key, TrustedKey trusted) {
        this.key = key;
        this.trusted = trusted;
    }

    /** Private key first, public key second, both base64: one file, so that they cannot part. */
    private record Stored(String pkcs8, String x509) {}

    /** @param until when it is over; such a key is not made, only read */
    public static SigningKey open(Path file, Optional<Instant> until) throws IOException, GeneralSecurityException {
        if (!Files.exists(file) && until.isEmpty()) {
            create(file);
        }
        var stored = Json.decode(Files.readAllBytes(file), Stored.class);
        var key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(stored.pkcs8())));
        return new SigningKey(key, new TrustedKey(stored.x509(), until));
    }

    private static void create(Path file) throws IOException, GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var encoder = Base64.getEncoder();
        var stored = new Stored(
                encoder.encodeToString(pair.getPrivate().getEncoded()),
                encoder.encodeToString(pair.getPublic().getEncoded()));
        // temporary files are made readable by their owner only, and the rename keeps that
        DurableFiles.write(file, Json.encode(stored));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    DsseEnvelope sign(String payloadType, byte[] content) {
        try {
            return DsseEnvelope.sign(payloadType, content, trusted.id(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read cannot sign: this is a bug", e);
        }
    }

    /** The public part. */
    TrustedKey trusted() {
        return trusted;
    }
}
