package io.plumbline.contract.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.contract.wire.Require;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A trust root: whose signatures count, and which builds do not, whoever signed them. In JSON a list of keys, each either its base64
 * alone or {@code {"key": ..., "until": ...}}; or, where builds are taken back, {@code {"keys": [...], "revoked": [...], "models":
 * {...}}}. To change keys, list the new one beside the old, sign with it, and take the old one out, or give it an end.
 *
 * @param revoked builds that were taken back; in JSON each either its digest alone or {@code {"build": ..., "reason": ...}}
 * @param models what holds for all builds of a model
 */
public record TrustedKeys(List<TrustedKey> keys, List<Revoked> revoked, Map<ModelName, Floor> models) {

    public TrustedKeys {
        keys = List.copyOf(keys);
        revoked = List.copyOf(revoked);
        models = Map.copyOf(models);
    }

    /** Keys alone. */
    public TrustedKeys(List<TrustedKey> keys) {
        this(keys, List.of(), Map.of());
    }

    /**
     * A build that was taken back.
     *
     * @param build digest of its manifest
     * @param reason one line, for people
     */
    public record Revoked(Digest build, Optional<String> reason) {

        private static final int MOST_LETTERS = 500;

        public Revoked {
            reason.ifPresent(Revoked::requireOneLine);
        }

        private static void requireOneLine(String reason) {
            Require.that(
                    !reason.isBlank()
                            && reason.length() <= MOST_LETTERS
                            && reason.chars().noneMatch(Character::isISOControl),
                    "reason must be one line of 1 to " + MOST_LETTERS + " letters");
        }
    }

    /** @param notBefore builds that were made before count no more, by the time on their cards */
    public record Floor(Instant notBefore) {}

    /** The long form, as it is written. */
    private record Written(
            List<JsonNode> keys, Optional<List<JsonNode>> revoked, Optional<Map<String, JsonNode>> models) {}

    /** @throws MalformedMessageException if it is no trust root; then nothing is to be trusted */
    public static TrustedKeys read(byte[] json) {
        var root = Json.decodeExactly(json, JsonNode.class);
        if (root.isArray()) {
            return new TrustedKeys(keys(root));
        }
        var written = Json.decodeExactly(json, Written.class);
        var revoked = new ArrayList<Revoked>();
        for (var one : written.revoked().orElse(List.of())) {
            revoked.add(
                    one.isTextual()
                            ? Require.wellFormed(
                                    "Revoked", () -> new Revoked(new Digest(one.asText()), Optional.empty()))
                            : Json.decodeExactly(Json.encode(one), Revoked.class));
        }
        var models = new LinkedHashMap<ModelName, Floor>();
        written.models()
                .orElse(Map.of())
                .forEach((name, floor) -> models.put(
                        Require.wellFormed("TrustedKeys", () -> new ModelName(name)),
                        Json.decodeExactly(Json.encode(floor), Floor.class)));
        return new TrustedKeys(keys(written.keys()), revoked, models);
    }

    private static List<TrustedKey> keys(Iterable<JsonNode> written) {
        var keys = new ArrayList<TrustedKey>();
        for (var one : written) {
            keys.add(
                    one.isTextual()
                            ? Require.wellFormed("TrustedKey", () -> new TrustedKey(one.asText(), Optional.empty()))
                            : Json.decodeExactly(Json.encode(one), TrustedKey.class));
        }
        return keys;
    }

    /** The JSON that {@link #read} takes, everything in the shortest form that says it. */
    public byte[] toJson() {
        var list = keys.stream()
                .map(key -> key.until().isEmpty() ? key.key() : key)
                .toList();
        if (revoked.isEmpty() && models.isEmpty()) {
            return Json.encode(list);
        }
        var written = new LinkedHashMap<String, Object>();
        written.put("keys", list);
        if (!revoked.isEmpty()) {
            written.put(
                    "revoked",
                    revoked.stream()
                            .map(one -> one.reason().isEmpty() ? one.build() : one)
                            .toList());
        }
        if (!models.isEmpty()) {
            var sorted = new TreeMap<String, Floor>();
            models.forEach((model, floor) -> sorted.put(model.value(), floor));
            written.put("models", sorted);
        }
        return Json.encode(written);
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

    /** Why this build was taken back, and the way out, in one line; empty if it was not. */
    public Optional<String> revocation(Digest build) {
        return revoked.stream()
                .filter(one -> one.build().equals(build))
                .findFirst()
                .map(one -> "build " + build + " is revoked by the trust root"
                        + one.reason().map(reason -> " (" + reason + ")").orElse("")
                        + ": assign another build, or take it out of 'revoked' there");
    }

    /** The time before which no build of this model may be made; empty where any may run. */
    public Optional<Instant> notBefore(ModelName model) {
        return Optional.ofNullable(models.get(model)).map(Floor::notBefore);
    }

    /** Why a build of this age counts no more, and the way out, in one line; empty if it counts. */
    public Optional<String> tooOld(ModelName model, Digest build, Instant createdAt) {
        return notBefore(model)
                .filter(createdAt::isBefore)
                .map(floor ->
                        "build " + build + " of model " + model + " was made at " + createdAt + ", before " + floor
                                + ", which is notBefore of this model in the trust root: assign a build that was made later, or"
                                + " lower notBefore there");
    }
}
