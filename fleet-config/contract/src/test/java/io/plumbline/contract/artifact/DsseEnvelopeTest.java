package io.plumbline.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class DsseEnvelopeTest {

    private static final byte[] CONTENT = "sha256:abc".getBytes(StandardCharsets.UTF_8);

    @Test
    void aSignatureIsAcceptedFromATrustedKeyOnly() throws GeneralSecurityException {
        // Given
        var ours = key();
        var theirs = key();

        // When
        var envelope = DsseEnvelope.sign(DsseEnvelope.MANIFEST_DIGEST, CONTENT, "k1", ours.getPrivate());
        var overTheWire = Json.decode(Json.encode(envelope), DsseEnvelope.class);

        // Then
        assertThat(overTheWire.isSignedBy(List.of(theirs.getPublic(), ours.getPublic())))
                .isTrue();
        assertThat(overTheWire.isSignedBy(List.of(theirs.getPublic()))).isFalse();
        assertThat(overTheWire.isSignedBy(List.of())).isFalse();
        assertThat(overTheWire.content()).isEqualTo(CONTENT);
    }

    @Test
    void aChangedPayloadOrTypeOrSignatureIsNotSigned() throws GeneralSecurityException {
        var key = key();
        var trusted = List.of(key.getPublic());
        var signed = DsseEnvelope.sign(DsseEnvelope.MANIFEST_DIGEST, CONTENT, "k1", key.getPrivate());
        var otherPayload = Base64.getEncoder().encodeToString("sha256:abd".getBytes(StandardCharsets.UTF_8));
        assertThat(new DsseEnvelope(signed.payloadType(), otherPayload, signed.signatures()).isSignedBy(trusted))
                .isFalse();
        assertThat(new DsseEnvelope("text/plain", signed.payload(), signed.signatures()).isSignedBy(trusted))
                .isFalse();
        assertThat(new DsseEnvelope(
                                signed.payloadType(),
                                signed.payload(),
                                List.of(new DsseEnvelope.Sig("k1", "not base64 at all!")))
                        .isSignedBy(trusted))
                .isFalse();
    }

    private static KeyPair key() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }
}
