package io.plumbline.registry.adapter.disk;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.build.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** The registry's Ed25519 key: made at the first start, readable by its owner only. */
public final class SigningKey implements Signer {

    private final PrivateKey key;
    private final String publicKey;
    private final String id;

    private SigningKey(PrivateKey key, String publicKey) {
        this.key = key;
        this.publicKey = publicKey;
        this.id = Digest.of(Base64.getDecoder().decode(publicKey)).shortHex();
    }

    /** Private key first, public key second, both base64: one file, so that they cannot part. */
    private record Stored(String pkcs8, String x509) {}

    public static SigningKey open(Path file) throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            create(file);
        }
        var stored = Json.decode(Files.readAllBytes(file), Stored.class);
        var key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(stored.pkcs8())));
        return new SigningKey(key, stored.x509());
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

    @Override
    public DsseEnvelope sign(String payloadType, byte[] content) {
        try {
            return DsseEnvelope.sign(payloadType, content, id, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read cannot sign: this is a bug", e);
        }
    }

    /** Base64 of the X.509 public keys to trust. */
    public List<String> trustRoot() {
        return List.of(publicKey);
    }
}
