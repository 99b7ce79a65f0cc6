package io.plumbline.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalColoursTest {

    @Test
    void areForTerminalsOfPeopleWhoWantThem() {
        assertThat(Terminal.hasColours(true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.hasColours(true, Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.hasColours(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.hasColours(true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.hasColours(false, Map.of())).isFalse();
    }
}
