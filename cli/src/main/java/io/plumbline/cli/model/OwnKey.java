package io.plumbline.cli.model;

import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.id.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A person's Ed25519 key, from a file as OpenSSL writes it. */
final class OwnKey {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final EdECPrivateKey key;
    private final TrustedKey trusted;

    private OwnKey(EdECPrivateKey key, TrustedKey trusted) {
        this.key = key;
        this.trusted = trusted;
    }

    static OwnKey read(Path file) throws ClientException {
        try {
            var text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
                throw new GeneralSecurityException("it does not begin with " + BEGIN);
            }
            var body = text.substring(BEGIN.length(), text.length() - END.length());
            var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body));
            var key = (EdECPrivateKey) KeyFactory.getInstance("Ed25519").generatePrivate(spec);
            return new OwnKey(key, publicPart(key));
        } catch (IOException e) {
            throw new ClientException("key " + file + " cannot be read: " + e, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ClientException(
                    "key " + file
                            + " must be an Ed25519 private key, PKCS#8 in PEM (openssl genpkey -algorithm ed25519): "
                            + e.getMessage(),
                    e);
        }
    }

    /** A private key is the randomness that its pair is made of (RFC 8032), and the JDK has no shorter way to the public one. */
    private static TrustedKey publicPart(EdECPrivateKey key) throws GeneralSecurityException {
        var seed = key.getBytes().orElseThrow(() -> new GeneralSecurityException("its bytes cannot be had"));
        var pairs = KeyPairGenerator.getInstance("Ed25519");
        pairs.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return TrustedKey.of(pairs.generateKeyPair().getPublic());
    }

    TrustedKey trusted() {
        return trusted;
    }

    DsseEnvelope sign(Digest manifest) {
        try {
            var content = manifest.value().getBytes(StandardCharsets.UTF_8);
            return DsseEnvelope.sign(DsseEnvelope.MANIFEST_DIGEST, content, trusted.id(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read cannot sign: this is a bug", e);
        }
    }
}
