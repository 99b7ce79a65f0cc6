package io.plumbline.cli.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = new Table("MODEL", "STAGE", "N")
            .left(1)
            .row("a", "COMPLETED", "1")
            .row("long", "ROLLED_BACK", "12")
            .row("b", "WAVE", "");

    @Test
    void isPlainInAPipe() {
        assertThat(table.lines(false))
                .containsExactly(
                        "MODEL  STAGE         N", "a      COMPLETED     1", "long   ROLLED_BACK  12", "b      WAVE");
        assertThat(table.lines()).as("here nobody watches").isEqualTo(table.lines(false));
    }

    @Test
    void coloursHeadingsAndStatesWithoutMovingAColumn() {
        // When
        var painted = table.lines(true);

        // Then
        assertThat(painted.get(0)).startsWith("\u001b[1mMODEL\u001b[0m  \u001b[1mSTAGE\u001b[0m");
        assertThat(painted.get(1)).contains("\u001b[32mCOMPLETED\u001b[0m");
        assertThat(painted.get(2)).contains("\u001b[31mROLLED_BACK\u001b[0m");
        assertThat(painted.get(3)).contains("WAVE").doesNotContain("\u001b");
        assertThat(painted.stream()
                        .map(line -> line.replaceAll("\u001b\\[[0-9]+m", "").stripTrailing()))
                .containsExactlyElementsOf(table.lines(false));
    }
}
