package io.plumbline.fleet.core.view;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contract.declared.FileDifference;
import io.plumbline.contract.declared.FileDifference.Kind;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    private static final String NOW = yaml(BASELINE);

    private final ControlPlane control = new ControlPlane(
            new InMemoryFleetStore(),
            new FleetObservations(Duration.ofSeconds(10)),
            change -> {},
            new MutableClock(Fleets.T0));

    @Test
    void aFirstFileBringsEveryGateway() {
        // When
        var difference = difference(NOW);
        // Then
        assertThat(difference.version()).isZero();
        assertThat(difference.differs()).isTrue();
        assertThat(difference.gateways())
                .extracting(FileDifference.GatewayChange::kind)
                .containsExactly(Kind.JOINS, Kind.JOINS);
        assertThat(difference.declared())
                .contains(new FileDifference.Line("sites.north.devices", Optional.empty(), Optional.of("north-2")));
    }

    @Test
    void theSameFleetInOtherWordsIsNoDifference() {
        // Given
        applied(NOW);
        // When
        var difference = difference("# the same\n" + NOW.replace("deadline: PT60S", "deadline: PT1M"));
        // Then
        assertThat(difference.version()).isEqualTo(1);
        assertThat(difference.differs()).isFalse();
        assertThat(difference.declared()).isEmpty();
        assertThat(difference.gateways()).isEmpty();
        assertThat(difference.rollouts()).isEmpty();
        assertThat(difference.outlooks()).isEmpty();
    }

    @Test
    void aStreamThatChangesChangesEveryGatewayThatRunsIt() {
        // Given
        applied(NOW);
        // When
        var difference = difference(NOW.replace("shadowShare: 0.5", "shadowShare: 0.25, qos: 0"));
        // Then
        assertThat(difference.declared())
                .containsExactlyInAnyOrder(
                        line("streams.climate.shadowShare", "0.5", "0.25"),
                        new FileDifference.Line("streams.climate.qos", Optional.empty(), Optional.of("0")));
        assertThat(difference.gateways())
                .extracting(FileDifference.GatewayChange::generation)
                .containsExactly(2L, 2L);
        assertThat(difference.gateways())
                .allSatisfy(gateway -> assertThat(gateway.work()).contains(line("climate.shadowShare", "0.5", "0.25")));
        assertThat(control.state().version().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void aDeviceThatComesAndOneThatGoesAreTwoLines() {
        // Given
        applied(NOW);
        // When
        var difference = difference(NOW.replace("north-2", "north-9"));
        // Then
        assertThat(difference.declared())
                .containsExactlyInAnyOrder(
                        new FileDifference.Line("sites.north.devices", Optional.of("north-2"), Optional.empty()),
                        new FileDifference.Line("sites.north.devices", Optional.empty(), Optional.of("north-9")));
        assertThat(difference.gateways())
                .extracting(FileDifference.GatewayChange::gateway)
                .containsExactly(Fleets.GW_NORTH);
    }

    @Test
    void aGatewayThatIsReplacedLeavesAndTheOtherJoins() {
        // Given
        applied(NOW);
        // When
        var difference = difference(NOW.replace("gw-south", "gw-new"));
        // Then
        assertThat(difference.gateways())
                .extracting(FileDifference.GatewayChange::gateway, FileDifference.GatewayChange::kind)
                .containsExactlyInAnyOrder(
                        tuple(new GatewayId("gw-new"), Kind.JOINS), tuple(Fleets.GW_SOUTH, Kind.LEAVES));
    }

    @Test
    void anotherBuildBeginsARolloutAndChangesNoGatewayYet() {
        // Given
        applied(NOW);
        // When
        var difference = difference(yaml(CANDIDATE));
        // Then
        assertThat(difference.declared())
                .containsExactly(line("models.climate-event", BASELINE.value(), CANDIDATE.value()));
        assertThat(difference.rollouts()).singleElement().satisfies(rollout -> {
            assertThat(rollout.candidate()).isEqualTo(CANDIDATE);
            assertThat(rollout.model()).isEqualTo(Fleets.MODEL);
        });
        assertThat(difference.gateways()).isEmpty();
        assertThat(control.state().rollouts()).isEmpty();
        assertThat(difference.outlooks().orElseThrow()).singleElement().satisfies(outlook -> {
            assertThat(outlook.model()).isEqualTo(Fleets.MODEL);
            assertThat(outlook.words())
                    .startsWith("None of the 2 gateways keeps " + BASELINE.shortHex())
                    .contains("north and south have one gateway each, and so nothing from their update on");
        });
    }

    @Test
    void policiesAndSinksAreNamedAsInTheFile() {
        // Given
        applied(NOW + "alerts:\n  sinks:\n    ops: {webhook: {url: \"http://a/\"}}\n");
        // When
        var difference = difference(NOW.replace("minAgreement: 0.98", "minAgreement: 0.9")
                + "alerts:\n  repeat: PT1H\n  sinks:\n    ops: {webhook: {url: \"http://b/\"}}\n");
        // Then
        assertThat(difference.declared())
                .containsExactlyInAnyOrder(
                        line("rollout.minAgreement", "0.98", "0.9"),
                        line("alerts.repeat", "PT4H", "PT1H"),
                        line("alerts.sinks.ops.url", "http://a/", "http://b/"));
    }

    @Test
    void whatModelsAreHeldAgainstIsNamedAsInTheFile() {
        // Given
        applied(NOW + "drift: {clipFloor: 0.2}\n");
        // When
        var difference = difference(NOW.replace("climate-event: {", "climate-event: {drift: {horizon: P1D}, ")
                + "drift: {clipFloor: 0.20, psiFloor: 0.5}\nrecalibration: {cooldown: P1D}\n");
        // Then
        assertThat(difference.declared())
                .containsExactlyInAnyOrder(
                        new FileDifference.Line(
                                "models.climate-event.drift.horizon", Optional.empty(), Optional.of("PT24H")),
                        new FileDifference.Line("drift.psiFloor", Optional.empty(), Optional.of("0.5")),
                        new FileDifference.Line("recalibration.cooldown", Optional.empty(), Optional.of("PT24H")));
        assertThat(difference.gateways()).as("no gateway is told of it").isEmpty();
    }

    @Test
    void labelsAreNamedAsInTheFile() {
        // Given
        applied(NOW);
        // When
        var difference = difference(NOW.replace("[gw-north]", "{gw-north: {hardware: nuc}}")
                .replace("statsWindow: PT5M", "statsWindow: PT5M, gateways: {hardware: nuc}"));
        // Then
        assertThat(difference.declared())
                .containsExactlyInAnyOrder(
                        new FileDifference.Line(
                                "sites.north.gateways.gw-north.hardware", Optional.empty(), Optional.of("nuc")),
                        new FileDifference.Line(
                                "streams.climate.gateways.hardware", Optional.empty(), Optional.of("nuc")));
    }

    private static FileDifference.Line line(String path, String before, String after) {
        return new FileDifference.Line(path, Optional.of(before), Optional.of(after));
    }

    private FileDifference difference(String text) {
        return Differences.of(control.preview(text, Fleets.parse(text)));
    }

    private void applied(String text) {
        FleetSpec spec = Fleets.parse(text);
        assertThat(control.apply(text, spec).changed()).isTrue();
    }
}
