package io.plumbline.fleet.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangeFeedTest {

    private final ChangeFeed changes = new ChangeFeed();

    @Test
    void tellsEachPartOnceHoweverOftenItChanged() {
        // Given
        for (int i = 0; i < 1000; i++) {
            changes.mark(Part.GATEWAYS);
        }
        changes.mark(Part.ALERTS);
        // When
        var news = changes.since(0);
        // Then
        assertThat(news.parts()).containsExactlyInAnyOrder(Part.GATEWAYS, Part.ALERTS);
        assertThat(changes.since(news.number()).parts()).isEmpty();
    }

    @Test
    void whoComesBackHearsWhatTheyMissed() {
        // Given
        changes.mark(Part.GATEWAYS);
        var seen = changes.number();
        // When
        changes.mark(Part.VERDICTS);
        changes.mark(Part.ROLLOUTS);
        // Then
        assertThat(changes.since(seen).parts()).containsExactlyInAnyOrder(Part.VERDICTS, Part.ROLLOUTS);
    }
}
