package io.plumbline.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.support.Needed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of metrics against the code that counts, and against the queries of alert rules and dashboards. */
class MetricsTest {

    private static final Path PROMETHEUS = Product.root().resolve("docker/prometheus");
    private static final Path DASHBOARDS = Product.root().resolve("docker/grafana/dashboards");

    private static final Pattern REGISTERED =
            Pattern.compile("(?s)(\\w+)(?:\\.builder)?\\(\\s*\"(plumbline\\.[a-z.]+)\"(.*?);");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_:]+)` \\| (\\w+) \\|.*");
    private static final Pattern WORD = Pattern.compile("(?<![\\w:])[a-zA-Z_:][\\w:]*(?!\\w*\\s*\\()");
    private static final Set<String> WORDS_OF_THE_LANGUAGE = Set.of(
            "by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "offset", "bool");

    private record Metric(String name, String kind) {}

    @Test
    void theTableHasExactlyTheMetricsThatTheCodeRegisters() {
        var told = rows().stream()
                .filter(metric -> metric.name().startsWith("plumbline_"))
                .toList();
        assertThat(told)
                .as("docs/metrics.md against adapter/metrics of the services")
                .containsExactlyInAnyOrderElementsOf(registered());
    }

    @Test
    void onlyOnePackageOfAServiceNamesMetrics() {
        var elsewhere = Product.mainSources().stream()
                .filter(file -> !file.toString().contains("/adapter/metrics/"))
                .filter(file -> file.toString().contains("/service/"))
                .filter(file -> text(file).contains("import io.micrometer."))
                .filter(file -> REGISTERED.matcher(meters(file)).find())
                .toList();
        assertThat(elsewhere).as("metrics outside of adapter/metrics").isEmpty();
    }

    @Test
    void alertRulesAskOnlyForMetricsOfTheTable() {
        var rules = text(PROMETHEUS.resolve("plumbline.rules.yml"));
        var expressions = Pattern.compile("(?m)^ +expr: (?:>-\\n((?: {10}.*\\n)+)|(.*))")
                .matcher(rules)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
        assertThat(expressions).hasSize(Pattern.compile("- alert:").split(rules).length - 1);
        assertThat(unknown(expressions)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fleet", "gateways", "services"})
    void dashboardsAskOnlyForMetricsOfTheTable(String name) throws IOException {
        var dashboard =
                new ObjectMapper().readTree(DASHBOARDS.resolve(name + ".json").toFile());
        var expressions = new ArrayList<String>();
        dashboard
                .path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> expressions.add(target.path("expr").asText())));
        dashboard
                .path("templating")
                .path("list")
                .forEach(variable -> expressions.add(
                        variable.at("/query/query").asText().replaceFirst("label_values\\((\\w+), \\w+\\)", "$1")));
        assertThat(expressions).hasSizeGreaterThan(10).doesNotContain("");
        assertThat(unknown(expressions)).isEmpty();
        assertThat(dashboard.path("panels")).allSatisfy(MetricsTest::hasItsPlace);
    }

    private static void hasItsPlace(JsonNode panel) {
        assertThat(panel.path("title").asText()).isNotBlank();
        assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                .isBetween(1, 24);
    }

    @Test
    void promtoolAcceptsTheConfigurationAndTheRules() throws Exception {
        assertThat(promtool("check", "config", "prometheus.yml")).isEmpty();
    }

    @Test
    void theRulesFireWhenTheyShould() throws Exception {
        assertThat(promtool("test", "rules", "plumbline.rules.test.yml")).isEmpty();
    }

    @Test
    void everyRuleIsTried() {
        var alerts = Pattern.compile("- alert: (\\w+)")
                .matcher(text(PROMETHEUS.resolve("plumbline.rules.yml")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(alerts)
                .allSatisfy(alert -> assertThat(text(PROMETHEUS.resolve("plumbline.rules.test.yml")))
                        .contains("alertname=\"" + alert + "\""));
    }

    @TempDir
    Path folder;

    /** What it had to say, if it was not content. */
    private String promtool(String... arguments) throws IOException, InterruptedException {
        var program = Needed.program("promtool (Debian's package prometheus)", Needed.onPath("promtool"));
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        var output = folder.resolve("said.txt");
        var process = new ProcessBuilder(command)
                .directory(PROMETHEUS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return "promtool did not end";
        }
        return process.exitValue() == 0 ? "" : text(output) + "exit code " + process.exitValue();
    }

    private static List<String> unknown(List<String> expressions) {
        var known = rows().stream().map(Metric::name).collect(Collectors.toSet());
        var unknown = new TreeSet<String>();
        for (var expression : expressions) {
            var bare = expression
                    .replaceAll("\"[^\"]*\"", "")
                    .replaceAll("\\{[^}]*}", " ")
                    .replaceAll("\\[[^]]*]", " ")
                    .replaceAll("\\b(by|without|on|ignoring|group_left|group_right) *\\([^)]*\\)", " ");
            WORD.matcher(bare)
                    .results()
                    .map(found -> found.group())
                    .filter(word -> !WORDS_OF_THE_LANGUAGE.contains(word))
                    .map(word -> word.replaceFirst("^(plumbline_readings_answered_seconds)_(count|sum|max)$", "$1"))
                    .filter(word -> !known.contains(word))
                    .forEach(unknown::add);
        }
        return List.copyOf(unknown);
    }

    private static List<Metric> rows() {
        return Product.lines(Product.root().resolve("docs/metrics.md")).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> new Metric(row.group(1), row.group(2)))
                .toList();
    }

    private static Set<Metric> registered() {
        return Product.mainSources().stream()
                .filter(file -> file.toString().contains("/adapter/metrics/"))
                .flatMap(file -> REGISTERED.matcher(meters(file)).results())
                .map(found -> metric(found.group(1), found.group(2), found.group(3)))
                .collect(Collectors.toSet());
    }

    /** As Micrometer names it for Prometheus. */
    private static Metric metric(String how, String name, String rest) {
        var plain = name.replace('.', '_');
        return switch (how) {
            case "counter", "FunctionCounter" -> new Metric(plain + "_total", "counter");
            case "timer", "Timer" -> new Metric(plain + "_seconds", "timer");
            case "gauge", "Gauge" -> new Metric(plain + unit(rest), "gauge");
            default -> throw new AssertionError("how is " + name + " registered by '" + how + "'?");
        };
    }

    private static String unit(String rest) {
        var unit = Pattern.compile("baseUnit\\(\"(\\w+)\"\\)").matcher(rest);
        return unit.find() ? "_" + unit.group(1) : "";
    }

    private static String meters(Path file) {
        return text(file).replace(".builder(", "(");
    }

    private static String text(Path file) {
        return String.join("\n", Product.lines(file)) + "\n";
    }
}
