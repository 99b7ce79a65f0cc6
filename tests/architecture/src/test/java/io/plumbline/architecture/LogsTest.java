package io.plumbline.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.signals.log.LogKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dictionary of log fields against its table and against the lines that the services write. */
class LogsTest {

    private static final List<String> SERVICES =
            List.of("edge-gateway", "stream-processor", "model-registry", "fleet-config");

    private static final Pattern CALL =
            Pattern.compile("(?:\\bLOG|getLogger\\([\\w.()]+\\))\\s*\\.(?:info|warn|error|debug|trace|log)[fv]?\\(");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern KEY = Pattern.compile("(?<![\\w.])(\\w+)=");
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (.+) \\|$");

    /* Of these there is no line: every line has the first, and the process gives the others. */
    private static final Set<String> OF_ALL_LINES = Set.of("event");

    private record Line(Path file, String template) {

        @Override
        public String toString() {
            return file.getFileName() + ": " + template;
        }
    }

    @Test
    void theTableHasExactlyTheFieldsOfTheDictionary() {
        assertThat(told()).as("docs/logs.md against LogKey").containsExactlyInAnyOrderElementsOf(dictionary());
    }

    @Test
    void servicesWriteNoFieldButThoseOfTheDictionaryAndEachOfThem() {
        var written = new TreeSet<String>();
        lines().forEach(line -> KEY.matcher(line.template()).results().forEach(found -> written.add(found.group(1))));
        written.addAll(OF_ALL_LINES);
        assertThat(written).as("templates of LOG calls against LogKey").isEqualTo(new TreeSet<>(dictionary()));
    }

    @Test
    void everyLineBeginsWithTheEventThatItTells() {
        assertThat(lines())
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        line -> assertThat(line.template()).as(line.toString()).matches("(?s)[a-z]+(-[a-z]+)*( .*)?"));
    }

    @Test
    void noFieldIsForASecretOrForWhatADeviceSent() {
        assertThat(dictionary())
                .noneMatch(word -> Pattern.compile("(?i)token|password|secret|key|payload|body|image|frame|user")
                        .matcher(word)
                        .find());
    }

    @Test
    void allServicesWriteTheirLinesAlike() {
        var settings = SERVICES.stream()
                .map(service -> Product.root().resolve(service + "/service/src/main/resources/application.properties"))
                .map(file -> Product.lines(file).stream()
                        .filter(line -> line.startsWith("plumbline.log.")
                                || line.startsWith("quarkus.log.console.json")
                                || line.startsWith("quarkus.log.console.filter"))
                        .toList())
                .distinct()
                .toList();
        assertThat(settings)
                .as("how lines are written, in application.properties")
                .singleElement()
                .satisfies(lines -> assertThat(lines).hasSizeGreaterThan(5));
    }

    private static Set<String> dictionary() {
        return Arrays.stream(LogKey.values()).map(LogKey::word).collect(Collectors.toSet());
    }

    private static List<String> told() {
        var lines = Product.lines(Product.root().resolve("docs/logs.md"));
        return lines.stream()
                .dropWhile(line -> !line.equals("## Fields"))
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> row.group(1))
                .toList();
    }

    private static List<Line> lines() {
        return Product.mainSources().stream()
                .filter(file ->
                        SERVICES.stream().anyMatch(service -> file.toString().contains("/" + service + "/")))
                .flatMap(LogsTest::lines)
                .toList();
    }

    private static Stream<Line> lines(Path file) {
        var source = String.join("\n", Product.lines(file));
        return CALL.matcher(source)
                .results()
                .map(call -> new Line(
                        file,
                        TEXT.matcher(source.substring(call.end(), end(source, call.end())))
                                .results()
                                .map(text -> text.group(1))
                                .collect(Collectors.joining())));
    }

    /** Where the parenthesis closes that was opened before {@code from}. */
    private static int end(String source, int from) {
        int open = 1;
        boolean quoted = false;
        for (int i = from; ; i++) {
            char c = source.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                open++;
            } else if (!quoted && c == ')' && --open == 0) {
                return i;
            }
        }
    }
}
