package io.plumbline.judging.cohort;

import static io.plumbline.contract.message.Verdict.CALIBRATION_STALE;
import static io.plumbline.contract.message.Verdict.DATA_DRIFT;
import static io.plumbline.contract.message.Verdict.INSUFFICIENT;
import static io.plumbline.contract.message.Verdict.STABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HysteresisTest {

    @Test
    void aVerdictNeedsItsConfirmationsInARow() {
        assertThat(confirmed(2, STABLE, CALIBRATION_STALE, STABLE, CALIBRATION_STALE, CALIBRATION_STALE))
                .containsExactly(INSUFFICIENT, INSUFFICIENT, INSUFFICIENT, INSUFFICIENT, CALIBRATION_STALE);
    }

    @Test
    void aVoteForWhatHoldsResetsTheCandidate() {
        assertThat(confirmed(2, STABLE, STABLE, DATA_DRIFT, STABLE, DATA_DRIFT, STABLE))
                .endsWith(STABLE, STABLE, STABLE, STABLE);
    }

    @Test
    void oneConfirmationFollowsAtOnce() {
        assertThat(confirmed(1, STABLE, DATA_DRIFT, INSUFFICIENT)).containsExactly(STABLE, DATA_DRIFT, INSUFFICIENT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatHoldsWasSaidByTheLastVotesInARowWheneverItChanges(long seed) {
        // Given
        var random = new Random(seed);
        var votes = random.ints(500, 0, 3)
                .mapToObj(i -> List.of(STABLE, DATA_DRIFT, CALIBRATION_STALE).get(i))
                .toArray(Verdict[]::new);

        // When
        var confirmed = confirmed(3, votes);

        // Then
        for (int i = 1; i < votes.length; i++) {
            if (confirmed.get(i) != confirmed.get(i - 1)) {
                assertThat(List.of(votes).subList(i - 2, i + 1))
                        .as("seed %d", seed)
                        .containsOnly(confirmed.get(i));
            }
        }
    }

    private static List<Verdict> confirmed(int confirmations, Verdict... votes) {
        var all = new ArrayList<Verdict>();
        var state = Hysteresis.START;
        for (var vote : votes) {
            state = state.after(vote, confirmations);
            all.add(state.confirmed());
        }
        return all;
    }
}
