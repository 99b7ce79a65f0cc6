package io.plumbline.judging.replay;

import static io.plumbline.judging.replay.Windows.REFERENCE;
import static io.plumbline.judging.replay.Windows.START;
import static io.plumbline.judging.replay.Windows.delta;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.judging.policy.JudgingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private static final Duration DAYS = Duration.ofDays(14);

    /** A quiet hour, an hour in which a fifth of the inputs clip, an hour in which most do. */
    private static final List<StatsDelta> LOG = IntStream.range(0, 36)
            .mapToObj(i -> delta(i, i < 12 ? 0 : i < 24 ? 24 : 100))
            .toList();

    private static WhatIf.Recorded recorded() {
        var processor = new Windows.Processor();
        LOG.forEach(processor::hear);
        return new WhatIf.Recorded(processor.verdicts, processor.requests);
    }

    private static WhatIf.Comparison compare(Map<String, String> changes, Duration last) {
        var replay = new WhatIf(
                JudgingPolicy.DEFAULT.with(changes), (model, build) -> Optional.of(REFERENCE), Set.of(), key -> true);
        LOG.forEach(delta -> replay.on(delta, START));
        return replay.beside(recorded(), last).orElseThrow();
    }

    @Test
    void theSamePolicyFiresTheSame() {
        var compared = compare(Map.of(), DAYS);

        assertThat(compared.fired()).singleElement().satisfies(fired -> {
            assertThat(fired.now()).isEqualTo(fired.proposed());
            assertThat(fired.either().verdict()).isEqualTo(Verdict.DATA_DRIFT);
        });
        assertThat(List.of(compared.inBoth(), compared.onlyNow(), compared.onlyProposed()))
                .containsExactly(1L, 0L, 0L);
    }

    @Test
    void aStricterPolicyFiresEarlierAndThatIsTheSameVerdict() {
        var compared = compare(Map.of("clip-floor", "0.1"), DAYS);

        assertThat(compared.fired()).singleElement().satisfies(fired -> {
            assertThat(fired.inBoth()).isTrue();
            assertThat(fired.proposed().orElseThrow().at())
                    .isBefore(fired.now().orElseThrow().at());
        });
    }

    @Test
    void aLaxPolicyStaysSilentAndASensitiveOneCallsWhereNobodyDidBefore() {
        assertThat(compare(Map.of("clip-floor", "0.9"), DAYS).onlyNow()).isEqualTo(1);
        assertThat(compare(Map.of("agreement-floor", "0.999"), DAYS).fired())
                .filteredOn(fired -> fired.now().isEmpty())
                .extracting(fired -> fired.proposed().map(VerdictEvent::verdict).orElseThrow())
                .containsExactly(Verdict.CALIBRATION_STALE);
    }

    @Test
    void recalibrationsThatWouldHaveBeenRequestedAreCounted() {
        var compared = compare(Map.of("agreement-floor", "0.999"), DAYS);

        assertThat(compared.requestsNow()).isZero();
        assertThat(compared.requestsProposed()).isEqualTo(1);
    }

    @Test
    void onlyTheNewestStretchIsCompared() {
        var compared = compare(Map.of(), Duration.ofMinutes(15));

        assertThat(compared.to()).isEqualTo(START.plus(Duration.ofHours(3)));
        assertThat(compared.from()).isEqualTo(START.plus(Duration.ofMinutes(165)));
        assertThat(compared.fired()).isEmpty();
    }

    @Test
    void nothingIsSaidOfALogWithoutStatistics() {
        var replay = new WhatIf(JudgingPolicy.DEFAULT, (model, build) -> Optional.empty(), Set.of(), key -> true);

        assertThat(replay.beside(new WhatIf.Recorded(List.of(), List.of()), DAYS))
                .isEmpty();
    }
}
