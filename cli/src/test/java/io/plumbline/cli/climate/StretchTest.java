package io.plumbline.cli.climate;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.climate.ClimateReadings.Mote;
import io.plumbline.cli.climate.ClimateReadings.Reading;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StretchTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int WINDOW = 16;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyWindowHoldsSixteenReadingsInARowAndTheTruthOfTheLast(long seed) {
        // Given
        var motes = motes(seed, 2, 40);
        var stretch = new Stretch(motes, 30, START, Transformation.NONE);

        // When
        var windows = stretch.windows();

        // Then
        var each = 30 - WINDOW + 1;
        assertThat(windows).hasSize(2 * each);
        for (int i = 0; i < windows.size(); i++) {
            var readings = motes.get(i / each).readings();
            var first = i % each;
            var values = windows.get(i).values();
            assertThat(values.shape()).containsExactly(1, WINDOW, 2);
            for (int step = 0; step < WINDOW; step++) {
                assertThat(values.get(2 * step))
                        .isEqualTo((float) readings.get(first + step).humidity());
                assertThat(values.get(2 * step + 1))
                        .isEqualTo((float) readings.get(first + step).temperature());
            }
            assertThat(windows.get(i).event())
                    .isEqualTo(readings.get(first + WINDOW - 1).event());
        }
    }

    @Test
    void everyReadingIsAnEventOfItsOwn() {
        // Given
        var stretch = new Stretch(motes(7, 3, 50), 50, START, Transformation.NONE);

        // When
        var events = new HashSet<>();
        for (int i = 0; i < stretch.readings(); i++) {
            stretch.at(i).forEach(spoken -> events.add(spoken.event()));
        }

        // Then
        assertThat(events).hasSize(150);
    }

    @Test
    void motesSpeakEveryFiveSecondsInTheTransformedClimate() {
        // Given
        var mote = new Mote(
                new DeviceId("north-1"),
                new SiteId("north"),
                true,
                List.of(new Reading(1, 2, false), new Reading(95, 3, true)));
        var stretch = new Stretch(List.of(mote), 2, START, new Transformation("muggy", 20, 8));

        // When
        var spoken = stretch.at(1);

        // Then
        assertThat(spoken).hasSize(1);
        assertThat(spoken.get(0).payload())
                .isEqualTo("{\"seq\":2,\"time\":\"2026-01-01T00:00:05Z\",\"humidity\":100.0,\"temperature\":11.0}");
    }

    @Test
    void theBundledReadingsAreEightMotesOnTwoSitesWithEvents() {
        // When
        var motes = ClimateReadings.bundled().motes();

        // Then
        assertThat(motes)
                .hasSize(8)
                .allSatisfy(mote -> assertThat(mote.readings()).hasSizeGreaterThanOrEqualTo(2880));
        assertThat(motes.stream().map(Mote::site).distinct()).hasSize(2);
        assertThat(motes.stream().map(Mote::indoor).distinct()).hasSize(2);
        assertThat(motes.stream().flatMap(mote -> mote.readings().stream()).filter(Reading::event))
                .isNotEmpty();
    }

    private static List<Mote> motes(long seed, int count, int readings) {
        var random = new Random(seed);
        var motes = new ArrayList<Mote>();
        for (int i = 0; i < count; i++) {
            var spoken = new ArrayList<Reading>();
            for (int j = 0; j < readings; j++) {
                spoken.add(new Reading(random.nextDouble(100), random.nextDouble(40), random.nextBoolean()));
            }
            motes.add(new Mote(new DeviceId("north-" + i), new SiteId("north"), true, spoken));
        }
        return motes;
    }
}
