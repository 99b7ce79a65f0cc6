package io.plumbline.contract.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.contract.wire.Require;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose signatures count: a trust root. In JSON a list, each key either its base64 alone or {@code {"key": ..., "until": ...}}.
 * To change keys, list the new one beside the old, sign with it, and take the old one out, or give it an end.
 */
public record TrustedKeys(List<TrustedKey> keys) {

    public TrustedKeys {
        keys = List.copyOf(keys);
    }

    /** @throws MalformedMessageException if it is no such list; then nothing is to be trusted */
    public static TrustedKeys read(byte[] json) {
        var keys = new ArrayList<TrustedKey>();
        for (var one : Json.decode(json, JsonNode[].class)) {
            keys.add(
                    one.isTextual()
                            ? Require.wellFormed("TrustedKey", () -> new TrustedKey(one.asText(), Optional.empty()))
                            : Json.decodeExactly(Json.encode(one), TrustedKey.class));
        }
        return new TrustedKeys(keys);
    }

    /** The JSON that {@link #read} takes; keys without an end in the short form. */
    public byte[] toJson() {
        return Json.encode(keys.stream()
                .map(key -> key.until().isEmpty() ? key.key() : key)
                .toList());
    }

    /** The key that signed this manifest and counts now; empty if none did. */
    public Optional<TrustedKey> signer(Digest manifest, DsseEnvelope envelope, Instant now) {
        return envelope.payloadType().equals(DsseEnvelope.MANIFEST_DIGEST)
                ? keys.stream()
                        .filter(key -> key.countsAt(now))
                        .filter(key -> envelope.isSignedBy(List.of(key.publicKey())))
                        .filter(key -> new String(envelope.content(), StandardCharsets.UTF_8).equals(manifest.value()))
                        .findFirst()
                : Optional.empty();
    }
}
