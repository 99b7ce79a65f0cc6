package io.plumbline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a running service answers to Prometheus, beside the table of metrics in docs. */
final class ServedMetrics {

    private static final Path TABLE =
            Path.of(System.getProperty("plumbline.root")).resolve("docs/metrics.md");

    private static final Pattern ROW =
            Pattern.compile("^\\| `(plumbline_[a-z_]+)` \\| (\\w+) \\| [^|]+ \\| [^|]+ \\| (\\w+) \\|.*");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (plumbline_[a-z_]+) (\\w+)$");

    /** What the page says comes with its first event. */
    private static final Set<String> LATE = Set.of(
            "plumbline_fleet_alerts_changed_total",
            "plumbline_fleet_letters_tried_total",
            "plumbline_device_clock_skew_seconds");

    /** What Micrometer makes of a timer beside its summary. */
    private static final String LONGEST = "_max";

    private ServedMetrics() {}

    private record Row(String name, String kind, String service) {

        /** The kind as Prometheus calls it. */
        private String type() {
            return kind.equals("timer") ? "summary" : kind;
        }
    }

    /**
     * Serves what the table tells of this service and nothing else of ours, and counters before their first event.
     *
     * @param service as the table names it
     */
    static void areThoseOfTheTable(String service, URI url) throws IOException, InterruptedException {
        var told = rows().stream().filter(row -> row.service().equals(service)).toList();
        var all = told.stream().collect(Collectors.toMap(Row::name, Row::type));
        told.stream().filter(row -> row.kind().equals("timer")).forEach(row -> all.put(row.name() + LONGEST, "gauge"));
        assertThat(served(url))
                .as("what " + service + " serves, against docs/metrics.md")
                .allSatisfy((name, type) -> assertThat(all).containsEntry(name, type))
                .containsKeys(told.stream()
                        .filter(row -> !LATE.contains(row.name()))
                        .map(Row::name)
                        .toArray(String[]::new));
    }

    /** The metrics of ours that are served now, with their kinds as Prometheus calls them. */
    static Map<String, String> served(URI url) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        // OpenMetrics, the other form, names counters without _total where it tells their type.
                        HttpRequest.newBuilder(url.resolve("/q/metrics"))
                                .header("Accept", "text/plain; version=0.0.4")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        var served = new TreeMap<String, String>();
        TYPE.matcher(answer.body()).results().forEach(found -> served.put(found.group(1), found.group(2)));
        return served;
    }

    private static List<Row> rows() throws IOException {
        var rows = Files.readAllLines(TABLE).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
                .toList();
        assertThat(rows).extracting(Row::service).contains("gateway", "processor", "fleet", "registry");
        return rows;
    }
}
