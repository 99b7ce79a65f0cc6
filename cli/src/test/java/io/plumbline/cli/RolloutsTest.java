package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.log.Cause;
import io.plumbline.rollout.log.Decided;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.policy.Schedule;
import io.plumbline.rollout.policy.WavePlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command against a server that answers as the control plane does. */
class RolloutsTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Digest BASELINE = Digest.of(new byte[] {1});
    private static final Digest CANDIDATE = Digest.of(new byte[] {2});
    private static final RolloutPolicy POLICY =
            new RolloutPolicy(Optional.empty(), WavePlan.USUAL, DeviceLimits.USUAL, QualityGate.USUAL, Schedule.USUAL);

    private static final RolloutOutlook OUTLOOK = new RolloutOutlook(
            new ModelName("climate-event"), 5, 0, List.of(), "None of the 5 keeps it.", Optional.of("Gates do so."));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Decided> log = story();
    private boolean tampered;
    private boolean hasOutlook = true;
    private LocalServer server;

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer(this::answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void startsARolloutAndTellsItUntilItIsOver() {
        // When
        var started = Tool.run(
                "rollout",
                "start",
                "climate-event",
                CANDIDATE,
                "--by",
                "ada",
                "--reason",
                "new",
                "--fleet",
                server.url());
        var watched = Tool.run("rollout", "watch", "r-1", "--fleet", server.url());
        // Then
        assertThat(started.exit()).as(started.err()).isZero();
        assertThat(asked.get(0))
                .isEqualTo("POST /api/v1/rollouts {\"model\":\"climate-event\",\"build\":\"" + CANDIDATE
                        + "\",\"by\":\"ada\",\"reason\":\"new\"}");
        assertThat(started.out().lines())
                .as("what it has to compare with is said at once")
                .containsExactly(
                        "2026-01-02 03:04:05  r-1:1  READY  recalibrated", "None of the 5 keeps it.", "Gates do so.");
        assertThat(watched.exit()).isEqualTo(3);
        assertThat(watched.out().lines())
                .containsExactly(
                        "2026-01-02 03:04:05  r-1:1  READY  recalibrated",
                        "2026-01-02 03:04:15  r-1:2  ABORTED  asked");
    }

    @Test
    void aDryRunSaysWhatItWouldHaveToCompareWithAndStartsNothing() {
        // When
        var said = Tool.run("rollout", "start", "climate-event", CANDIDATE, "--dry-run", "--fleet", server.url());
        var json = Tool.run(
                "rollout", "start", "climate-event", CANDIDATE, "--dry-run", "--json", "--fleet", server.url());
        // Then
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out().lines()).containsExactly("None of the 5 keeps it.", "Gates do so.");
        assertThat(json.out()).contains("\"keeping\" : 0");
        assertThat(asked).isEmpty();
    }

    @Test
    void aRolloutThatBeganIsNoFailureWhereItsOutlookCannotBeAsked() {
        // Given a control plane from before
        hasOutlook = false;
        // When
        var started = Tool.run("rollout", "start", "climate-event", CANDIDATE, "--by", "ada", "--fleet", server.url());
        // Then
        assertThat(started.exit()).isZero();
        assertThat(started.out().lines()).hasSize(1);
        assertThat(started.err()).contains("it is under way; what it has to compare with is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "approve", "abort"})
    void asksForWhatIsWanted(String what) {
        // When
        var said = Tool.run("rollout", what, "r-1", "--by", "ada", "--reason", "why not", "--fleet", server.url());
        // Then
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(asked)
                .containsExactly("POST /api/v1/rollouts/r-1/" + what
                        + " {\"by\":\"ada\",\"reason\":\"why not\",\"keep\":false}");
    }

    @Test
    void decidesAgainWhatWasDecided() {
        // When
        var all = Tool.run("rollout", "explain", "r-1", "--fleet", server.url());
        var one = Tool.run("rollout", "explain", "r-1:2", "--fleet", server.url());
        var none = Tool.run("rollout", "explain", "r-1:9", "--fleet", server.url());
        // Then
        assertThat(all.exit()).as(all.err() + all.out()).isZero();
        assertThat(all.out().lines())
                .containsExactly("MATCH  r-1:1  READY  recalibrated", "MATCH  r-1:2  ABORTED  asked");
        assertThat(one.out()).contains("MATCH  r-1:2", "maxLoss: 0.01");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("rollout 'r-1' has no revision 9");
    }

    @Test
    void findsALogThatIsNotWhatWasDecidedFrom() {
        // Given
        tampered = true;
        // When
        var said = Tool.run("rollout", "explain", "r-1:2", "--fleet", server.url());
        // Then
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out()).contains("MISMATCH", "the log has not the digest that the event names");
    }

    @Test
    void saysOfADecisionOfOlderRulesWhyItCannotBeMadeAgainAndWhatToDo() {
        // Given
        var newest = log.get(1);
        var other = new Cause.Asked(Cause.Wish.ABORT, "asked of other rules");
        log.set(1, new Decided("rollout/3", newest.before(), other, newest.situation(), newest.after()));
        // When
        var said = Tool.run("rollout", "explain", "r-1:2", "--fleet", server.url());
        // Then
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out())
                .contains("MISMATCH")
                .contains("it was decided by the rules rollout/3, and this plumbline has only " + Decided.RULES)
                .contains("explain it with the plumbline of that time (CHANGELOG.md says which rules came when)")
                .doesNotContain("the log has not the digest");
    }

    @Test
    void listsAndShows() {
        // When
        var list = Tool.run("rollout", "list", "--fleet", server.url());
        var shown = Tool.run("rollout", "show", "r-1", "--devices", "--fleet", server.url());
        var wrong = Tool.run("rollout", "start", "Climate", "sha1:1", "--fleet", server.url());
        // Then
        assertThat(list.out()).contains("ROLLOUT", "r-1", "climate-event", "ABORTED");
        assertThat(shown.out()).contains("1 of 1 told gateways are SILENT", "gw-1");
        assertThat(wrong.exit()).isEqualTo(2);
    }

    private static List<Decided> story() {
        var plan = new RolloutPlan("r-1", new ModelName("climate-event"), BASELINE, CANDIDATE);
        var first = Decided.first(new Cause.Accepted(plan, "recalibrated"), POLICY, AT);
        var second = Decided.decide(
                        Optional.of(first.after()),
                        new Cause.Asked(Cause.Wish.ABORT, "asked"),
                        Situation.without(POLICY, AT.plusSeconds(10)))
                .orElseThrow();
        return new ArrayList<>(List.of(first, second));
    }

    private List<RolloutEvent> events() {
        return log.stream().map(one -> one.event(Digest.of(one.encoded()))).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("POST")) {
            asked.add("POST " + path + " " + body);
            reply(exchange, Json.encode(events().get(0)));
        } else if (path.endsWith("/outlook") || path.endsWith("/preview")) {
            reply(exchange, hasOutlook ? 200 : 404, Json.encode(OUTLOOK));
        } else if (path.endsWith("/rollouts")) {
            reply(exchange, Json.encode(events().subList(1, 2)));
        } else if (path.endsWith("/devices")) {
            reply(
                    exchange,
                    "[{\"gateway\":\"gw-1\",\"site\":\"north\",\"state\":\"SILENT\",\"because\":\"\"}]"
                            .getBytes(StandardCharsets.UTF_8));
        } else if (path.contains("/decisions/")) {
            var revision = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            var text = new String(log.get(revision - 1).encoded(), StandardCharsets.UTF_8);
            var shown = tampered ? text.replace("\"because\":\"asked\"", "\"because\":\"bribed\"") : text;
            reply(exchange, shown.getBytes(StandardCharsets.UTF_8));
        } else {
            reply(exchange, Json.encode(events()));
        }
    }

    private static void reply(HttpExchange exchange, byte[] body) throws IOException {
        reply(exchange, 200, body);
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
