package io.plumbline.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;

/**
 * Pages of one console, looked at in both themes and on a wide and a narrow screen.
 *
 * @param pictures folder for what was seen
 */
public record Gallery(Chromium browser, URI console, Path pictures) {

    private static final int WIDE = 1280;
    private static final int NARROW = 380;

    /** On a wide screen, in the light theme. */
    public Tab open() {
        return browser.open(console, WIDE, ColorScheme.LIGHT);
    }

    /** A page has no barrier, fits its screen, and has nothing to complain of. */
    public void look(SoftAssertions softly, String path, String name) {
        for (var colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (var width : List.of(WIDE, NARROW)) {
                var one = name + "-" + colours.name().toLowerCase(Locale.ROOT) + "-" + width;
                try (var tab = browser.open(console, width, colours)) {
                    tab.visit(path);
                    tab.picture(pictures.resolve(one + ".png"));
                    softly.assertThat(tab.barriers()).as("barriers on " + one).isEmpty();
                    softly.assertThat(tab.overflow())
                            .as("pixels too wide on " + one)
                            .isLessThanOrEqualTo(0);
                    softly.assertThat(tab.complaints())
                            .as("complaints of " + one)
                            .isEmpty();
                }
            }
        }
    }

    /** What could not be closed is told, and keeps nothing else from being closed. */
    public static void close(AutoCloseable... parts) {
        for (var part : parts) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                System.err.println("not closed: " + e);
            }
        }
    }
}
