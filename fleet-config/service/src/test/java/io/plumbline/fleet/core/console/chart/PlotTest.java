package io.plumbline.fleet.core.console.chart;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.fleet.core.console.Tone;
import io.plumbline.fleet.core.history.Dot;
import io.plumbline.fleet.core.history.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlotTest {

    private static final Plot.Text TEXT = new Plot.Text("key", "title", "help");

    @Test
    void drawsALineItsBandItsLimitAndTheMarksWithinTheSpan() {
        // Given
        var track = new Track("accuracy", "all", List.of(dot(0, 1.0, 0.9, 1.0, 0.5), dot(100, 0.5, 0.25, 0.75, 0.5)));
        var span = Span.of(List.of(track), T0.plusSeconds(100)).orElseThrow();
        var marks = List.of(
                new Mark(2, T0.plusSeconds(50), Tone.BAD, "alert"), new Mark(1, T0.minusSeconds(1), Tone.GOOD, "old"));
        // When
        var chart = new Plot(span, marks).shares(TEXT, List.of(track), Track::subject);
        // Then
        var line = chart.lines().get(0);
        assertThat(line.path()).isEqualTo("M46.0 20.0L472.0 94.0");
        assertThat(line.band()).isEqualTo("M46.0 20.0L472.0 57.0L472.0 131.0L46.0 34.8Z");
        assertThat(line.limit()).isEqualTo("M46.0 94.0L472.0 94.0");
        assertThat(line.newest()).isEqualTo("50.0 %");
        assertThat(line.rows()).hasSize(2);
        assertThat(line.rows().get(0).interval()).isEqualTo("25.0 % – 75.0 %");
        assertThat(chart.flags()).singleElement().satisfies(flag -> {
            assertThat(flag.mark().words()).isEqualTo("alert");
            assertThat(flag.x()).isEqualTo("259.0");
        });
        assertThat(chart.ticks()).extracting(Chart.Tick::words).containsExactly("0 %", "25 %", "50 %", "75 %", "100 %");
    }

    @Test
    void drawsNoMoreLinesThanOneCanTellApartAndOneLimitOnce() {
        // Given
        var tracks = IntStream.range(0, 20)
                .mapToObj(i -> new Track("psi", "f" + i, List.of(dot(0, 3, 3, 3, 0.2))))
                .toList();
        // When
        var chart = new Plot(Span.of(tracks, T0).orElseThrow(), List.of()).numbers(TEXT, tracks, Track::subject);
        // Then
        assertThat(chart.lines()).hasSize(Plot.MOST_LINES);
        assertThat(chart.lines()).filteredOn(line -> !line.limit().isEmpty()).hasSize(1);
        assertThat(chart.ticks().get(4).words()).isEqualTo("5.0");
        assertThat(Span.of(List.of(), T0)).isEmpty();
    }

    @Test
    void theAxisEndsNowSoThatSilenceIsSeen() {
        // Given: nothing for three hours
        var track = new Track("accuracy", "all", List.of(dot(0, 1, 1, 1, 0.5), dot(3600, 1, 1, 1, 0.5)));
        var span = Span.of(List.of(track), T0.plusSeconds(4 * 3600)).orElseThrow();
        // When
        var all = new Plot(span, List.of()).shares(TEXT, List.of(track), Track::subject);
        var hour = span.last(1);
        // Then
        assertThat(all.lines().get(0).path()).isEqualTo("M46.0 20.0L152.5 20.0");
        assertThat(hour.cut(List.of(track))).isEmpty();
        assertThat(span.last(6).cut(List.of(track))).containsExactly(track);
        assertThat(span.isLongerThan(1)).isTrue();
        assertThat(span.isLongerThan(6)).isFalse();
    }

    @Test
    void theAxisNamesTheDayItBeginsOnAndEveryNewOne() {
        // Given
        var evening = Instant.parse("2026-11-22T20:10:30Z");
        // Then
        assertThat(TimeAxis.of(new Span(evening, evening.plus(Duration.ofHours(9)))))
                .extracting(Chart.Time::words)
                .containsExactly("22 Nov, 20:10", "23 Nov", "02:00", "05:10 UTC");
        assertThat(TimeAxis.of(new Span(evening, evening.plus(Duration.ofDays(3)))))
                .extracting(Chart.Time::words)
                .containsExactly("22 Nov, 20:10", "24 Nov", "12:00", "25 Nov", "20:10 UTC");
        assertThat(TimeAxis.of(new Span(evening, evening.plusSeconds(30))))
                .extracting(Chart.Time::words)
                .containsExactly("22 Nov, 20:10:30", "20:11:00 UTC");
    }

    private static Dot dot(int second, double value, double lower, double upper, double threshold) {
        return new Dot(BASELINE, T0.plusSeconds(second), T0, value, lower, upper, threshold);
    }
}
