package io.plumbline.fleet.core.console.rollout;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.beat;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.refused;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.fleet.core.console.Tone;
import io.plumbline.fleet.core.control.Change;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.fleet.testing.MutableClock;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.judgement.Decision;
import io.plumbline.rollout.log.Cause.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutPictureTest {

    private final FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    private final MutableClock clock = new MutableClock(T0);
    private Optional<ControlPlane.Seen> last = Optional.empty();
    private final ControlPlane control = new ControlPlane(new InMemoryFleetStore(), heard, this::remember, clock);

    @Test
    void nothingHasHappenedYet() {
        assertThat(RolloutPicture.board(control.state().newestRollouts(), 1).lines())
                .isEmpty();
    }

    @Test
    void theWavesThatWillBeToldAreKnownBeforeAPersonApprovesTheFirst() throws Exception {
        // Given
        start("rollout: {waves: [50, 100], approveBefore: [50, 100]}");
        // When
        var sheet = sheet();
        // Then
        assertThat(sheet.event().because()).contains("a person must approve the first wave");
        assertThat(sheet.waves())
                .containsExactly(new WaveCell(1, 1, 0, 1, "ahead", true), new WaveCell(2, 1, 0, 2, "ahead", true));
        assertThat(sheet.offers()).extracting(Offer::verb).containsExactly("approve", "abort");
        assertThat(sheet.offers().get(0).effect()).startsWith("1 gateway is told to run " + CANDIDATE.shortHex());
        assertThat(sheet.offers().get(0).effect())
                .as("what it will be compared with, before the first gateway is told")
                .contains("None of the 2 gateways keeps " + BASELINE.shortHex());
        assertThat(sheet.offers().get(1).keeping()).isEmpty();
        assertThat(sheet.offers().get(1).effect()).startsWith("No gateway has been told yet");
        assertThat(sheet.devices()).isEmpty();
        assertThat(sheet.verdict()).isEmpty();
    }

    @Test
    void whenItIsOverItsGatewaysAreShownAsTheyWere() throws Exception {
        // Given
        start("rollout: {canary: gw-north}");
        heard.on(refused(GW_NORTH, CANDIDATE, 2, T0.plusSeconds(1)), T0.plusSeconds(1));
        clock.advance(Duration.ofSeconds(2));
        control.ask(id(), Wish.ABORT, "enough");
        // When: what is heard later changes nothing of it
        heard.on(beat(GW_NORTH, BASELINE, 9, 10, T0.plusSeconds(5)), T0.plusSeconds(5));
        var sheet = sheet();
        // Then
        assertThat(sheet.active()).isFalse();
        assertThat(sheet.asOf()).contains(T0.plusSeconds(2));
        assertThat(sheet.devices())
                .extracting(DeviceLine::gateway, DeviceLine::state)
                .containsExactly(tuple(GW_NORTH, DeviceState.REJECTED));
    }

    @Test
    void aWaveSaysHowManyRunItAndTheBoardStaysWhenItIsOver() throws Exception {
        // Given
        start("rollout: {canary: gw-north}");
        var before = sheet().waves();
        heard.on(beat(GW_NORTH, CANDIDATE, 2, 10, T0.plusSeconds(1)), T0.plusSeconds(1));
        // When
        var running = sheet().waves();
        control.ask(id(), Wish.ABORT, "enough");
        var over = sheet().waves();
        // Then
        assertThat(before)
                .containsExactly(new WaveCell(1, 1, 0, 1, "now", false), new WaveCell(2, 1, 0, 2, "ahead", false));
        assertThat(running.get(0)).isEqualTo(new WaveCell(1, 1, 1, 1, "now", false));
        assertThat(over)
                .containsExactly(new WaveCell(1, 1, 1, 1, "ended", false), new WaveCell(2, 1, 0, 2, "never", false));
    }

    @Test
    void aConfirmationSaysWhatHappensToHowManyGateways() throws Exception {
        // Given
        start("rollout: {canary: gw-north}");
        // When
        var running = sheet();
        // Then
        assertThat(running.offers()).extracting(Offer::verb).containsExactly("pause", "abort");
        assertThat(running.offers().get(0).effect())
                .isEqualTo("Nobody more is told. 1 gateway keeps " + CANDIDATE.shortHex()
                        + " and is still taken back if it proves worse. 1 gateway goes on with " + BASELINE.shortHex()
                        + ".");
        assertThat(running.offers().get(1).effect())
                .startsWith("1 gateway is told to go back to " + BASELINE.shortHex() + ".");
        assertThat(running.offers().get(1).keeping()).get().asString().contains("keeps " + CANDIDATE.shortHex());
        // When
        control.ask(id(), Wish.PAUSE, "ada: held");
        // Then
        assertThat(sheet().offers()).extracting(Offer::verb).containsExactly("resume", "abort");
        assertThat(sheet().offers().get(0).effect())
                .isEqualTo("Wave 1 of 2 goes on with fresh time to be proven. If it is, 1 gateway more is told"
                        + " without another question.");
        // When
        control.ask(id(), Wish.ABORT, "ada: ended");
        // Then
        assertThat(sheet().offers()).isEmpty();
        assertThat(sheet().active()).isFalse();
        assertThat(sheet().outlook()).isEmpty();
    }

    @Test
    void howManyGatewaysKeepTheBaselineIsSaidWhileItIsUnderWay() throws Exception {
        // When
        start("rollout: {waves: [50, 100], baselineShare: 0.5}");
        // Then
        var outlook = sheet().outlook().orElseThrow();
        assertThat(outlook.gateways()).isEqualTo(2);
        assertThat(outlook.keeping()).isEqualTo(1);
        assertThat(outlook.without()).hasSize(1).isSubsetOf(NORTH, SOUTH);
        assertThat(outlook.words())
                .startsWith("1 of 2 gateways keeps " + BASELINE.shortHex())
                .contains("None of these is on " + outlook.without().get(0));
        assertThat(outlook.instead().orElseThrow()).contains("What helps: more gateways on such a site");
        // When it is on its way back
        heard.on(refused(updated(), CANDIDATE, 2, T0), T0);
        control.look();
        // Then
        assertThat(sheet().outlook()).isEmpty();
    }

    @Test
    void theEvidenceIsHeldAgainstItsLimitsAllTheTime() throws Exception {
        // Given
        start("rollout: {canary: gw-north}");
        heard.on(beat(GW_NORTH, CANDIDATE, 2, 100, T0), T0);
        heard.on(health(CANDIDATE, NORTH, faithful(), T0.plusSeconds(7200)), T0);
        heard.on(health(BASELINE, SOUTH, faithful(), T0.plusSeconds(7200)), T0);
        // When
        var sheet = sheet();
        // Then
        assertThat(sheet.devices()).extracting(DeviceLine::state).containsExactly(DeviceState.ACTIVE);
        assertThat(sheet.verdict()).get().satisfies(verdict -> {
            assertThat(verdict.decision()).isIn(Decision.CONTINUE, Decision.PASS);
            assertThat(verdict.gauges()).isNotEmpty();
            assertThat(verdict.facts()).isNotEmpty();
        });
        // When it refuses
        heard.on(refused(GW_NORTH, CANDIDATE, 2, T0), T0);
        // Then
        assertThat(sheet().verdict().orElseThrow().decision()).isEqualTo(Decision.FAIL);
        assertThat(sheet().devices()).singleElement().satisfies(line -> {
            assertThat(line.tone()).isEqualTo(Tone.BAD);
            assertThat(line.because()).isEqualTo("the signature is by nobody we trust");
        });
    }

    @Test
    void aLossIsJudgedByItsWholeInterval() {
        assertThat(gauge(-0.002, 0.004).word()).isEqualTo("no such loss");
        assertThat(gauge(-0.002, 0.02).word()).isEqualTo("not decided yet");
        assertThat(gauge(0.012, 0.02).tone()).isEqualTo(Tone.BAD);
        assertThat(gauge(-1, 1).beyond()).isTrue();
        assertThat(gauge(-1, 1).from()).isEqualTo("0.0");
        assertThat(gauge(-1, 1).length()).isEqualTo("200.0");
        assertThat(gauge(-0.002, 0.004).limit()).isEqualTo("125.0");
    }

    private static Gauge gauge(double lower, double upper) {
        return new Gauge(new Evidence(
                "loss", "against the baseline", (lower + upper) / 2, lower, upper, 0.01, 500, lower > 0.01));
    }

    private void start(String policy) throws Exception {
        var text = yaml(BASELINE).replaceAll("rollout: .*", policy);
        control.apply(text, Fleets.parse(text));
        heard.on(beat(GW_NORTH, BASELINE, 1, 10, T0), T0);
        heard.on(beat(GW_SOUTH, BASELINE, 1, 10, T0), T0);
        control.start(MODEL, CANDIDATE, "ada asked for it");
        control.look();
    }

    private void remember(Change change) {
        change.steps().forEach(step -> last = ControlPlane.Seen.when(step).or(() -> last));
    }

    private String id() {
        return control.state().newestRollouts().get(0).plan().id();
    }

    private GatewayId updated() {
        return control.state().newestRollouts().get(0).event().updated().get(0);
    }

    private RolloutSheet sheet() {
        var event = control.state().newestRollouts().get(0).event();
        var seen = control.seen(id());
        return RolloutPicture.sheet(List.of(event), seen, seen.or(() -> last));
    }
}
