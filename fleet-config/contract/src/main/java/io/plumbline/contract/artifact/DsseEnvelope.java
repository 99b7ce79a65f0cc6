package io.plumbline.contract.artifact;

import io.plumbline.contract.id.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;

/**
 * A signed statement: Ed25519 over the pre-authentication encoding of the Dead Simple Signing Envelope.
 *
 * @param payloadType what the payload is
 * @param payload base64
 * @see <a href="https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md">DSSE protocol 1.0.2</a>
 */
public record DsseEnvelope(String payloadType, String payload, List<Sig> signatures) {

    /** Payload type of a signature over a manifest: the payload is the digest's text. */
    public static final String MANIFEST_DIGEST = "application/vnd.plumbline.manifest-digest.v1+text";

    /** Of the JSON of an envelope. Anybody may put one beside a build, so a larger one is not read: it is a hundredth of this. */
    public static final int MOST_BYTES = 64 << 10;

    public DsseEnvelope {
        signatures = List.copyOf(signatures);
    }

    /**
     * @param keyid a hint, not trusted
     * @param sig base64
     */
    public record Sig(String keyid, String sig) {}

    /** Signs the content with an Ed25519 key. */
    public static DsseEnvelope sign(String payloadType, byte[] content, String keyid, PrivateKey key)
            throws GeneralSecurityException {
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(key);
        signer.update(preAuthenticationEncoding(payloadType, content));
        var sig = Base64.getEncoder().encodeToString(signer.sign());
        return new DsseEnvelope(payloadType, Base64.getEncoder().encodeToString(content), List.of(new Sig(keyid, sig)));
    }

    /** The payload's bytes. Not to be trusted before {@link #isSignedBy}. */
    public byte[] content() {
        return Base64.getDecoder().decode(payload);
    }

    /** Whether this says to sign a manifest, whoever says so. */
    public boolean names(Digest manifest) {
        try {
            return payloadType.equals(MANIFEST_DIGEST)
                    && new String(content(), StandardCharsets.UTF_8).equals(manifest.value());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether one of the signatures is by one of these Ed25519 keys. Anything malformed is not signed. */
    public boolean isSignedBy(List<PublicKey> trusted) {
        return signatures.stream().anyMatch(s -> trusted.stream().anyMatch(key -> verifies(s, key)));
    }

    private boolean verifies(Sig candidate, PublicKey key) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(preAuthenticationEncoding(payloadType, content()));
            return verifier.verify(Base64.getDecoder().decode(candidate.sig()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] preAuthenticationEncoding(String type, byte[] content) {
        var out = new ByteArrayOutputStream();
        var typeBytes = type.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(("DSSEv1 " + typeBytes.length + " ").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(typeBytes);
        out.writeBytes((" " + content.length + " ").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        return out.toByteArray();
    }
}
