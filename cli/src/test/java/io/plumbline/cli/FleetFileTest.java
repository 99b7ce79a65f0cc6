package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.plumbline.contract.declared.AppliedFile;
import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.contract.declared.FileDifference;
import io.plumbline.contract.declared.FileDifference.GatewayChange;
import io.plumbline.contract.declared.FileDifference.Kind;
import io.plumbline.contract.declared.FileDifference.Line;
import io.plumbline.contract.declared.FileVersion;
import io.plumbline.contract.declared.FleetInventory;
import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.fleet.FleetOverview;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the fleet file against a server that answers as the control plane does. */
class FleetFileTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final GatewayId NORTH = new GatewayId("gw-north");
    private static final SiteId SITE = new SiteId("north");
    private static final Digest BUILD = Digest.of(new byte[] {1});

    private static final String BROKEN = "{\"error\":\"fleet file: ...\",\"problems\":["
            + "{\"path\":\"rollout.canary\",\"line\":8,\"column\":11,\"message\":\"'gw-nort' is not a gateway of this file; did you mean 'gw-north'?\"},"
            + "{\"path\":\"\",\"line\":1,\"column\":1,\"message\":\"'models' is missing in the fleet file\"}]}";

    private static final String OVERTAKEN = "{\"error\":\"version 4 is in force, which bob applied\",\"problems\":[]}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private boolean broken;
    private boolean differs = true;
    private boolean overtaken;
    private LocalServer server;
    private Path file;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        server = new LocalServer(this::answer);
        file = Files.writeString(folder.resolve("fleet.yaml"), "sites: {}\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void appliesWithAuthorAndReason() {
        // When
        var said = Tool.run("apply", "-f", file, "--reason", "more light", "--author", "ada", "--fleet", server.url());
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out().strip()).isEqualTo("version 4 is in force on 2 gateways, in place of version 3");
        assertThat(asked).containsExactly("PUT /api/v1/fleet?author=ada&reason=more%20light sites: {}");
    }

    @Test
    void appliesOntoAVersionAndSaysWhoWasFaster() {
        // When
        var said = Tool.run(
                "apply", "-f", file, "--reason", "x", "--author", "ada", "--onto", "3", "--fleet", server.url());
        overtaken = true;
        var late = Tool.run(
                "apply", "-f", file, "--reason", "x", "--author", "ada", "--onto", "3", "--fleet", server.url());
        // Then
        assertThat(said.exit()).isZero();
        assertThat(asked.get(0)).isEqualTo("PUT /api/v1/fleet?author=ada&reason=x \"3\" sites: {}");
        assertThat(late.exit()).isEqualTo(1);
        assertThat(late.err().strip()).endsWith("with 412: version 4 is in force, which bob applied");
    }

    @Test
    void needsAReason() {
        var said = Tool.run("apply", "-f", file, "--fleet", server.url());
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("Missing required option: '--reason=TEXT'");
        assertThat(asked).isEmpty();
    }

    @Test
    void saysEveryProblemOfAFileWithItsPlace() {
        // Given
        broken = true;
        // When
        var applied = Tool.run("apply", "-f", file, "--reason", "x", "--fleet", server.url());
        var compared = Tool.run("diff", "-f", file, "--fleet", server.url());
        // Then
        assertThat(applied.err().lines())
                .containsExactly(
                        file
                                + ":8:11: rollout.canary: 'gw-nort' is not a gateway of this file; did you mean 'gw-north'?",
                        file + ":1:1: 'models' is missing in the fleet file");
        assertThat(applied.exit()).isEqualTo(1);
        assertThat(compared.err()).isEqualTo(applied.err());
        assertThat(compared.exit()).isEqualTo(2);
    }

    @Test
    void saysWhatAFileWouldChangeOnWhichGateways() {
        // When
        var said = Tool.run("diff", "-f", file, "--fleet", server.url());
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out().lines())
                .containsExactly(
                        "to version 3:",
                        "~ streams.climate.shadowShare: 0.5 -> 0.25",
                        "+ sites.south.gateways: gw-new",
                        "- sites.south.devices: south-9",
                        "rollout of climate-event: None of the 3 gateways keeps it.",
                        "    What helps: a larger share.",
                        "gateways gw-north at north, gw-south at north change:",
                        "    ~ climate.shadowShare: 0.5 -> 0.25",
                        "gateway gw-new at north joins",
                        "plumbline apply -f " + file + " --onto 3 --reason TEXT");
    }

    @Test
    void saysWithItsExitCodeWhetherThereIsADifference() {
        // Given
        differs = false;
        // When
        var same = Tool.run("diff", "-f", file, "--fleet", server.url());
        var failed = Tool.run("diff", "-f", file, "--fleet", "nowhere");
        var missing = Tool.run("diff", "-f", file + ".not", "--fleet", server.url());
        // Then
        assertThat(same.exit()).isZero();
        assertThat(same.out().strip()).isEqualTo("no differences to version 3");
        assertThat(failed.exit()).isEqualTo(2);
        assertThat(failed.err()).contains("must look like http://host:port");
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err().strip()).isEqualTo("plumbline diff: there is no file " + file + ".not");
    }

    @Test
    void exportsAFileAsItWasApplied() {
        assertThat(Tool.run("export", "--fleet", server.url()).out()).isEqualTo("sites: {} # now\n");
        assertThat(Tool.run("export", "--of", "2", "--fleet", server.url()).out())
                .isEqualTo("sites: {} # then\n");
    }

    @Test
    void takesAsManyEntriesOfTheAuditAsAreWanted() {
        // When
        var one = Tool.run("get", "audit", "--limit", "1", "--fleet", server.url());
        var none = Tool.run("get", "audit", "--limit", "0", "--fleet", server.url());
        var other = Tool.run("get", "versions", "--limit", "1", "--fleet", server.url());
        // Then
        assertThat(one.exit()).as(one.err()).isZero();
        assertThat(one.out()).contains("ROLLOUT_PAUSED").doesNotContain("FILE_APPLIED");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(other.err()).contains("only audit takes it");
    }

    @Test
    void listsWhatTheFleetHas() {
        assertThat(lines("versions"))
                .containsExactly(
                        "VERSION  APPLIED              AUTHOR  REASON",
                        "2        2026-01-02 03:04:05  ada     more light",
                        "1        2026-01-02 03:04:05  -       -");
        assertThat(lines("audit"))
                .containsExactly(
                        "AT                   WHO  WHAT            OF          WHY",
                        "2026-01-02 03:04:05  bob  ROLLOUT_PAUSED  manual-a-1  lunch",
                        "2026-01-02 03:04:05  -    FILE_APPLIED    version 1   -");
        assertThat(lines("streams"))
                .containsExactly(
                        "STREAM   MODEL          GATEWAYS  SHADOW  WINDOW  TOPIC",
                        "climate  climate-event         1     0.5    PT5M  sites/{site}/{device}");
        assertThat(lines("models"))
                .containsExactly(
                        "MODEL          BUILD         DECLARED      ROLLOUT   STREAMS",
                        "climate-event  4bf5122f3445  4bf5122f3445  file-4-a  climate");
        assertThat(lines("gateways"))
                .containsExactly(
                        "GATEWAY   SITE   LAST SEEN            GENERATION  READINGS/S  ASSIGNED      LABELS",
                        "gw-north  north  2026-01-02 03:04:05      3 of 4         2.5  4bf5122f3445  isa=x64");
        assertThat(lines("rollouts")).containsExactly("ROLLOUT  MODEL  FROM  TO  STATE  TOLD  SINCE  BECAUSE");
        assertThat(lines("verdicts")).containsExactly("AT  VERDICT  MODEL  BUILD  SITE  ID");
    }

    @Test
    void printsJson() {
        assertThat(Tool.run("get", "versions", "--json", "--fleet", server.url())
                        .json()
                        .at("/0/author")
                        .asText())
                .isEqualTo("ada");
        assertThat(Tool.run("diff", "-f", file, "--json", "--fleet", server.url())
                        .json()
                        .at("/gateways/2/kind")
                        .asText())
                .isEqualTo("JOINS");
    }

    @Test
    void saysWhatThereIsToList() {
        var said = Tool.run("get", "devices", "--fleet", server.url());
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("'devices' must be one of gateways, streams, models, rollouts, verdicts, versions, audit");
    }

    private List<String> lines(String kind) {
        return Tool.run("get", kind, "--fleet", server.url()).out().lines().toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var method = exchange.getRequestMethod();
        var onto = String.join(" ", exchange.getRequestHeaders().getOrDefault("If-Match", List.of()));
        asked.add((method + " " + exchange.getRequestURI() + " " + (onto + " " + body).strip()).strip());
        var writes = !method.equals("GET");
        var refusal = broken ? BROKEN : OVERTAKEN;
        var refuses = writes && (broken || overtaken);
        var answer = refuses ? refusal.getBytes(StandardCharsets.UTF_8) : content(exchange, writes);
        exchange.sendResponseHeaders(refuses ? broken ? 400 : 412 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private byte[] content(HttpExchange exchange, boolean writes) {
        var path = exchange.getRequestURI().getPath();
        return switch (path) {
            case "/api/v1/fleet" ->
                writes ? Json.encode(applied()) : "sites: {} # now\n".getBytes(StandardCharsets.UTF_8);
            case "/api/v1/fleet/versions/2" -> "sites: {} # then\n".getBytes(StandardCharsets.UTF_8);
            case "/api/v1/audit" -> audit(exchange);
            case "/api/v1/fleet/versions" ->
                Json.encode(List.of(new FileVersion(2, AT, "ada", "more light"), new FileVersion(1, AT, "", "")));
            case "/api/v1/fleet/inventory" -> Json.encode(inventory());
            case "/api/v1/overview" -> Json.encode(overview());
            default -> Json.encode(difference());
        };
    }

    /** One entry a page. */
    private static byte[] audit(HttpExchange exchange) {
        if (exchange.getRequestURI().getQuery().contains("from=7-2")) {
            return Json.encode(List.of(new AuditEntry(AT, "", "FILE_APPLIED", "version 1", "")));
        }
        exchange.getResponseHeaders().add("Link", "</api/v1/audit?from=7-2&limit=1>; rel=\"next\"");
        return Json.encode(List.of(new AuditEntry(AT, "bob", "ROLLOUT_PAUSED", "manual-a-1", "lunch")));
    }

    private static AppliedFile applied() {
        return new AppliedFile(4, true, AT, Map.of(NORTH, 3L, new GatewayId("gw-south"), 2L));
    }

    private FileDifference difference() {
        if (!differs) {
            return new FileDifference(3, false, List.of(), List.of(), List.of());
        }
        var share = List.of(line("climate.shadowShare", "0.5", "0.25"));
        return new FileDifference(
                3,
                true,
                List.of(
                        line("streams.climate.shadowShare", "0.5", "0.25"),
                        new Line("sites.south.gateways", Optional.empty(), Optional.of("gw-new")),
                        new Line("sites.south.devices", Optional.of("south-9"), Optional.empty())),
                List.of(
                        new GatewayChange(NORTH, SITE, Kind.CHANGES, 4, share),
                        new GatewayChange(new GatewayId("gw-south"), SITE, Kind.CHANGES, 3, share),
                        new GatewayChange(new GatewayId("gw-new"), SITE, Kind.JOINS, 1, List.of())),
                List.of(),
                Optional.empty(),
                Optional.of(List.of(new RolloutOutlook(
                        new ModelName("climate-event"),
                        3,
                        0,
                        List.of(SITE),
                        "None of the 3 gateways keeps it.",
                        Optional.of("What helps: a larger share.")))));
    }

    private static Line line(String path, String before, String after) {
        return new Line(path, Optional.of(before), Optional.of(after));
    }

    private static FleetInventory inventory() {
        var model = new ModelName("climate-event");
        var stream = new StreamId("climate");
        return new FleetInventory(
                List.of(new FleetInventory.DeclaredGateway(NORTH, SITE, Map.of("isa", "x64", "site", "north"))),
                List.of(new FleetInventory.DeclaredModel(
                        model, BUILD, BUILD, Optional.of("file-4-a"), List.of(stream))),
                List.of(new FleetInventory.DeclaredStream(
                        stream, model, "sites/{site}/{device}", 0.5, Duration.ofMinutes(5), List.of(NORTH))));
    }

    private static FleetOverview overview() {
        var gateway = new FleetOverview.GatewayView(
                NORTH, SITE, AT, 3, 4, List.of(), List.of(BUILD), new GatewayCounters(1, 1, 0, 0, 0), 2.5);
        return new FleetOverview(List.of(), List.of(gateway), List.of(), List.of(), List.of());
    }
}
