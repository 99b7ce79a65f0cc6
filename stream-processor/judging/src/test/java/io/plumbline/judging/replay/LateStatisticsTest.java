package io.plumbline.judging.replay;

import static io.plumbline.judging.replay.Windows.delta;
import static io.plumbline.judging.replay.Windows.end;
import static io.plumbline.judging.replay.Windows.more;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.Correction;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statistics that come after their window voted: half an hour that was quiet, then more of its second window, in which all clips. */
class LateStatisticsTest {

    private static final Correction SECOND_WINDOW = new Correction(end(1), end(5), Verdict.STABLE, Verdict.DATA_DRIFT);

    private final Windows.Processor processor = new Windows.Processor();

    @BeforeEach
    void quietHalfHour() {
        for (int i = 0; i < 6; i++) {
            processor.hear(delta(i, 0));
        }
    }

    @Test
    void aVoteThatWouldBeAnotherOneNowIsToldWithTheHealth() {
        processor.hear(more(1, 120, 0));
        processor.hear(more(1, 120, 1));

        assertThat(processor.health().verdict()).isEqualTo(Verdict.STABLE);
        assertThat(processor.health().corrected().orElseThrow()).containsExactly(SECOND_WINDOW);
    }

    @Test
    void theVerdictThatFollowsSaysWhichVotesWouldBeOthersNow() {
        // Given
        processor.hear(more(1, 120, 0));

        // When
        for (int i = 6; i < 11; i++) {
            processor.hear(delta(i, 120));
        }

        // Then
        assertThat(processor.verdicts).extracting(VerdictEvent::verdict).contains(Verdict.DATA_DRIFT);
        assertThat(processor.verdicts)
                .last()
                .satisfies(event -> assertThat(event.corrected().orElseThrow()).containsExactly(SECOND_WINDOW));
    }

    @Test
    void afterAHorizonItIsToldNoMore() {
        // Given
        processor.hear(more(1, 120, 0));

        // When
        for (int i = 6; i < 13; i++) {
            processor.hear(delta(i, 0));
        }

        // Then
        assertThat(processor.health().corrected()).isEmpty();
    }

    @Test
    void whatChangesNoVoteIsNotTold() {
        processor.hear(more(1, 0, 0));
        assertThat(processor.health().corrected()).isEmpty();

        // When: it changes one, and then more comes that changes it back
        processor.hear(more(1, 120, 1));
        processor.hear(more(1, 120, 2));
        assertThat(processor.health().corrected()).isPresent();
        for (int i = 3; i < 9; i++) {
            processor.hear(more(1, 0, i));
        }

        // Then
        assertThat(processor.health().corrected()).isEmpty();
    }
}
