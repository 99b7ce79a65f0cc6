package io.plumbline.signals.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String FOLLOWED = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String LEFT = "00-" + TRACE + "-b7ad6b7169203331-00";

    /* Nobody listens there: what is told is dropped. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    @Test
    void withoutACollectorATraceparentIsHandedOnAsItCame() {
        var trail = Trail.of(Optional.empty(), "x");

        assertThat(trail).isSameAs(Trail.OFF);
        assertThat(step(trail, Optional.of(FOLLOWED))).contains(FOLLOWED);
        assertThat(step(trail, Optional.empty())).isEmpty();
    }

    @Test
    void withACollectorTheTraceGoesOn() {
        try (var trail = Trail.of(Optional.of(NOWHERE), "x")) {
            assertThat(step(trail, Optional.of(FOLLOWED)))
                    .hasValueSatisfying(next -> assertThat(next)
                            .startsWith("00-" + TRACE)
                            .endsWith("-01")
                            .isNotEqualTo(FOLLOWED));
        }
    }

    @Test
    void whatIsNotSampledStaysSo() {
        try (var trail = Trail.of(Optional.of(NOWHERE), "x")) {
            assertThat(step(trail, Optional.of(LEFT)))
                    .hasValueSatisfying(
                            next -> assertThat(next).startsWith("00-" + TRACE).endsWith("-00"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rubbish", "00-00000000000000000000000000000000-b7ad6b7169203331-01"})
    void whatIsNoTraceparentBeginsATraceOfItsOwn(String text) {
        try (var trail = Trail.of(Optional.of(NOWHERE), "x")) {
            assertThat(step(trail, Optional.of(text)))
                    .hasValueSatisfying(next -> assertThat(next).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"));
        }
    }

    @Test
    void aHeaderOfAnotherLengthIsNotHandedOn() {
        assertThat(TraceHeader.read(null)).isEmpty();
        assertThat(TraceHeader.read(new byte[1000])).isEmpty();
        assertThat(TraceHeader.read(FOLLOWED.getBytes(StandardCharsets.US_ASCII)))
                .contains(FOLLOWED);
        assertThat(TraceHeader.write(FOLLOWED))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(FOLLOWED);
    }

    @Test
    void linksAreBounded() {
        var many = IntStream.range(0, 100).mapToObj(i -> FOLLOWED).toList();

        assertThat(new Cause(Optional.empty(), many).beside()).hasSize(Cause.MOST_BESIDE);
    }

    @Test
    void placesAreBoundedAndTheNewestStay() {
        var places = new Footprints();
        IntStream.range(0, 3000).forEach(i -> places.leave("id-" + i, Optional.of(FOLLOWED)));
        places.leave("id-2999", Optional.empty());

        assertThat(List.of(places.find("id-0"), places.find("id-1999"))).containsOnly(Optional.empty());
        assertThat(List.of(places.find("id-2000"), places.find("id-2999"))).containsOnly(Optional.of(FOLLOWED));
    }

    private static Optional<String> step(Trail trail, Optional<String> parent) {
        try (var step = trail.begin("step", Cause.of(parent), Map.of("plumbline.model", "m"))) {
            return step.traceparent();
        }
    }
}
