package io.plumbline.fleet.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.fleet.core.spec.InvalidFleetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that people get wrong, and what they are told: beside each {@code NAME.yaml} a {@code NAME.txt}. Those under
 * {@code structure} are wrong for the schema, too; those under {@code meaning} only the reader can tell.
 * {@code -Dgolden.write=true} writes what is told now; the difference is to be reviewed.
 */
class WrongFilesTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/plumbline/fleet/wrong");
    private static final int FEWEST = 30;

    static List<Path> wrongFiles() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreEnoughKindsOfMistakes() throws IOException {
        assertThat(wrongFiles()).hasSizeGreaterThanOrEqualTo(FEWEST);
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void tellsEveryProblemWithItsPlaceWhatWasFoundAndWhatIsRight(Path file) throws IOException {
        // When
        var text = Files.readString(file);
        var refusal = catchThrowableOfType(InvalidFleetException.class, () -> FleetYaml.parse(text));
        // Then
        assertThat(refusal).as("%s must be refused", file).isNotNull();
        var told = refusal.problems().stream()
                .map(problem -> problem.in("fleet.yaml") + "\n")
                .collect(Collectors.joining());
        var golden = Path.of(file.toString().replace(".yaml", ".txt"));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, told);
        }
        assertThat(told).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void theSchemaRefusesWhatIsWrongInStructure(Path file) throws IOException {
        var structure = file.getParent().endsWith("structure");
        if (structure) {
            assertThat(FleetSchema.violations(Files.readString(file)))
                    .as("%s for the schema", file)
                    .isNotEmpty();
        }
        assertThat(structure || file.getParent().endsWith("meaning")).isTrue();
    }
}
