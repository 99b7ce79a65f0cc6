package io.plumbline.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustedKeysTest {

    private static final Digest MANIFEST = Digest.of(new byte[] {1});
    private static final Digest OTHER = Digest.of(new byte[] {2});
    private static final ModelName MODEL = new ModelName("climate-event");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final KeyPair old = pair();
    private final KeyPair fresh = pair();

    @Test
    void whileKeysChangeBothCountAndAfterItsEndTheOldOneDoesNot() throws GeneralSecurityException {
        // Given
        var end = NOW.plusSeconds(60);
        var ending = new TrustedKey(TrustedKey.of(old.getPublic()).key(), Optional.of(end));
        var both = TrustedKeys.read(new TrustedKeys(List.of(ending, TrustedKey.of(fresh.getPublic()))).toJson());

        // Then
        assertThat(both.signer(MANIFEST, signed(old, MANIFEST), NOW)).contains(ending);
        assertThat(both.signer(MANIFEST, signed(fresh, MANIFEST), NOW))
                .map(TrustedKey::id)
                .contains(TrustedKey.of(fresh.getPublic()).id());
        assertThat(both.signer(MANIFEST, signed(old, MANIFEST), end)).isEmpty();
        assertThat(both.signer(MANIFEST, signed(fresh, MANIFEST), end)).isPresent();
    }

    @Test
    void aSignatureOfAnotherManifestOrOfAnotherKindDoesNotCount() throws GeneralSecurityException {
        var trusted = new TrustedKeys(List.of(TrustedKey.of(old.getPublic())));
        assertThat(trusted.signer(MANIFEST, signed(old, Digest.of(new byte[] {2})), NOW))
                .isEmpty();
        assertThat(trusted.signer(MANIFEST, signed(fresh, MANIFEST), NOW)).isEmpty();
        var other = DsseEnvelope.sign(
                "text/plain", MANIFEST.value().getBytes(StandardCharsets.UTF_8), "k", old.getPrivate());
        assertThat(trusted.signer(MANIFEST, other, NOW)).isEmpty();
    }

    @Test
    void aListOfKeysAloneIsReadAsItAlwaysWas() {
        var text = "[\"" + TrustedKey.of(old.getPublic()).key() + "\"]";
        assertThat(TrustedKeys.read(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new TrustedKeys(List.of(TrustedKey.of(old.getPublic()))));
    }

    @Test
    void whatIsNoKeyIsRefused() {
        for (var text :
                List.of("{}", "[\"abc\"]", "[{\"key\": \"\"}]", "[{\"until\": \"2026-01-01T00:00:00Z\"}]", "[1]")) {
            assertThatThrownBy(() -> TrustedKeys.read(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void aMisspelledEndIsNotAKeyWithoutAnEnd() {
        var text = "[{\"key\": \"" + TrustedKey.of(old.getPublic()).key() + "\", \"untl\": \"2026-01-01T00:00:00Z\"}]";
        assertThatThrownBy(() -> TrustedKeys.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("unknown key 'untl'; the keys are key, until");
    }

    @Test
    void whatIsTakenBackIsReadAndWrittenAsItWasAndSaidWithTheRuleAndTheWayOut() {
        // Given
        var floor = NOW.minusSeconds(60);
        var trusted = new TrustedKeys(
                List.of(TrustedKey.of(old.getPublic())),
                List.of(
                        new TrustedKeys.Revoked(MANIFEST, Optional.of("its labels were mixed up")),
                        new TrustedKeys.Revoked(OTHER, Optional.empty())),
                Map.of(MODEL, new TrustedKeys.Floor(floor)));

        // When
        var read = TrustedKeys.read(trusted.toJson());

        // Then
        assertThat(read).isEqualTo(trusted);
        assertThat(read.revocation(MANIFEST))
                .contains(
                        "build " + MANIFEST + " is revoked by the trust root (its labels were mixed up): assign another"
                                + " build, or take it out of 'revoked' there");
        assertThat(read.revocation(OTHER).orElseThrow()).contains("by the trust root: assign");
        assertThat(read.revocation(Digest.of(new byte[] {3}))).isEmpty();
        assertThat(read.tooOld(MODEL, OTHER, floor)).isEmpty();
        assertThat(read.tooOld(new ModelName("other"), OTHER, Instant.EPOCH)).isEmpty();
        assertThat(read.tooOld(MODEL, OTHER, floor.minusMillis(1)))
                .contains("build " + OTHER + " of model climate-event was made at 2026-05-31T23:58:59.999Z, before"
                        + " 2026-05-31T23:59:00Z, which is notBefore of this model in the trust root: assign a build that"
                        + " was made later, or lower notBefore there");
    }

    @Test
    void keysAloneAreWrittenAsTheListThatOlderGatewaysRead() {
        var key = TrustedKey.of(old.getPublic());
        assertThat(new String(new TrustedKeys(List.of(key)).toJson(), StandardCharsets.UTF_8))
                .isEqualTo("[\"" + key.key() + "\"]");
    }

    @Test
    void aRevocationThatIsMisspelledOrSaidTwiceIsNotOneThatIsLeftOut() {
        for (var text : List.of(
                "{\"keys\": [], \"revokd\": []}",
                "{\"keys\": [], \"revoked\": [\"sha256:12\"]}",
                "{\"keys\": [], \"revoked\": [{\"reason\": \"bad\"}]}",
                "{\"keys\": [], \"revoked\": [{\"build\": \"%s\", \"why\": \"bad\"}]}".formatted(MANIFEST),
                "{\"keys\": [], \"revoked\": [{\"build\": \"%s\", \"reason\": \"a\\nb\"}]}".formatted(MANIFEST),
                "{\"keys\": [], \"revoked\": [\"%s\"], \"revoked\": []}".formatted(MANIFEST),
                "{\"keys\": [], \"models\": {\"m\": {}}}",
                "{\"keys\": [], \"models\": {\"m\": {\"notbefore\": \"2026-01-01T00:00:00Z\"}}}",
                "{\"keys\": [], \"models\": {\"m\": {\"notBefore\": \"yesterday\"}}}",
                "{\"keys\": [], \"models\": {\"no model\": {\"notBefore\": \"2026-01-01T00:00:00Z\"}}}",
                "{\"keys\": [], \"models\": {\"m\": null}}",
                "{\"keys\": [], \"revoked\": [null]}",
                "{\"revoked\": []}",
                "[] []")) {
            assertThatThrownBy(() -> TrustedKeys.read(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    private static DsseEnvelope signed(KeyPair pair, Digest manifest) throws GeneralSecurityException {
        var content = manifest.value().getBytes(StandardCharsets.UTF_8);
        return DsseEnvelope.sign(DsseEnvelope.MANIFEST_DIGEST, content, "hint", pair.getPrivate());
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
