package io.plumbline.contract.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    private static final DeviceId DEVICE = new DeviceId("north-1");
    private static final StreamId STREAM = new StreamId("climate");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    @ParameterizedTest
    @ValueSource(strings = {"a", "gw-north", "mote.7_b", "0"})
    void aPlainNameIsAnIdentifier(String name) {
        assertThat(GatewayId.parse(name)).contains(new GatewayId(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "-a", "a-", "a/b", "a b", "a|b", "#", "+", "\u00e4"})
    void whatCouldBreakATopicOrAPathIsNot(String name) {
        assertThat(DeviceId.parse(name)).isEmpty();
        assertThatThrownBy(() -> new DeviceId(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("device '" + name + "' must be 1 to 63 characters");
    }

    @Test
    void aNameOf64CharactersIsTooLong() {
        assertThat(SiteId.parse("x".repeat(63))).isPresent();
        assertThat(SiteId.parse("x".repeat(64))).isEmpty();
    }

    @Test
    void theSameReadingHasTheSameIdForEver() {
        assertThat(EventId.ofSequence(DEVICE, STREAM, TIME, 42).value()).isEqualTo("north-1/climate/1767323045678-42");
        assertThat(EventId.ofContent(DEVICE, STREAM, "x".getBytes(StandardCharsets.UTF_8))
                        .value())
                .isEqualTo("north-1/climate/h-2d711642b726b04401627ca9fbac32f5");
    }

    @Test
    void anIdSaysWhoseReadingItIsAndWhenUnlessItIsByContent() {
        assertThat(EventId.ofSequence(DEVICE, STREAM, TIME, 42))
                .returns(DEVICE, EventId::device)
                .returns(Optional.of(TIME), EventId::deviceTime);
        assertThat(EventId.ofSequence(DEVICE, STREAM, Instant.ofEpochMilli(-5), 42)
                        .deviceTime())
                .contains(Instant.ofEpochMilli(-5));
        assertThat(EventId.ofContent(DEVICE, STREAM, new byte[0]))
                .returns(DEVICE, EventId::device)
                .returns(Optional.empty(), EventId::deviceTime);
        assertThat(new EventId("north-1/climate/-").deviceTime()).isEmpty();
    }

    @Test
    void aDeviceThatCountsFromZeroAgainDoesNotRepeatAnId() {
        assertThat(EventId.ofSequence(DEVICE, STREAM, TIME, 0))
                .isNotEqualTo(EventId.ofSequence(DEVICE, STREAM, TIME.plusSeconds(5), 0));
    }

    @Test
    void aDigestIsTheSha256OfTheContent() {
        var empty = Digest.of(new byte[0]);
        assertThat(empty.value()).isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(empty.shortHex()).isEqualTo("e3b0c44298fc");
        assertThatThrownBy(() -> new Digest("sha256:E3")).hasMessageContaining("must be 'sha256:' and 64");
    }
}
