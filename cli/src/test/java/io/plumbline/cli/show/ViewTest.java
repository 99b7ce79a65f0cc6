package io.plumbline.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ViewTest {

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);

    @Test
    void thePlainViewSaysEachEventOnALineWithItsTime() {
        // Given
        var view = new PlainView(out);

        // When
        view.progress("starting");
        view.event("rollout CANARY");

        // Then
        assertThat(said().lines())
                .hasSize(2)
                .first()
                .asString()
                .matches(" +\\d+\\.\\d s  starting")
                .doesNotContain("\u001b");
    }

    @Test
    void thePlainViewDoesNotRepeatTheStateAtEveryLook() {
        // Given
        var view = new PlainView(out);

        // When
        view.state("watching", FleetInWords.EMPTY);
        view.state("watching", FleetInWords.EMPTY);

        // Then
        assertThat(said().lines().filter(line -> line.contains("watching"))).hasSize(1);
    }

    @Test
    void theLiveViewCutsLongLinesAndHidesTheCursorUntilItIsFinished() {
        // Given
        var view = new LiveView(out);
        view.state("watching", FleetInWords.staleSouth());

        // When
        assertThat(said()).startsWith("\u001b[?7l\u001b[?25l").doesNotContain("\u001b[?7h", "\u001b[?25h");
        view.finish();
        view.finish();

        // Then
        assertThat(said()).endsWith("\u001b[?7h\u001b[?25h").containsOnlyOnce("\u001b[?25h");
    }

    @Test
    void theLiveViewDrawsNothingOverWhatComesAfterIt() {
        // Given
        var view = new LiveView(out);
        view.finish();
        var before = said();

        // When
        view.event("late");
        view.state("late", FleetInWords.EMPTY);

        // Then
        assertThat(said()).isEqualTo(before);
    }

    @Test
    void theLiveViewDrawsABlockOverTheOneBefore() {
        // Given
        var view = new LiveView(out);
        view.progress("one");
        view.event("two");

        // When
        screen.reset();
        view.progress("three");

        // Then: up by the headline and the event
        assertThat(said()).startsWith("\u001b[2F\u001b[1mthree");
    }

    private String said() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
