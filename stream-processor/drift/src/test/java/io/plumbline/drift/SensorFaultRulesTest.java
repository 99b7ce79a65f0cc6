package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.SensorFault.Kind;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent.Carrier;
import io.plumbline.contract.message.VerdictEvent.Carrier.Part;
import io.plumbline.contract.wire.Counts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/* Four devices with 360 readings each, half of them compared: a stuck device is a quarter of everything. */
class SensorFaultRulesTest {

    private static final Counts REFERENCE = new Counts(100, 400, 400, 100);
    private static final Counts USUAL = new Counts(144, 576, 576, 144);

    @Test
    void aStuckSensorIsNamedWithItsCount() {
        var judgement = judge(healthy().fault("north-1", "humidity", Kind.STUCK, 240));

        assertThat(judgement.verdict()).isEqualTo(Verdict.SENSOR_FAULT);
        assertThat(judgement.because())
                .isEqualTo("humidity of device 'north-1' is stuck in 240 readings; without that:"
                        + " INT8 follows FP32 and inputs are where the reference has them");
        assertThat(judgement.evidence())
                .contains(new Evidence(
                        "stuck", "humidity", 240, 240, 240, 20, 1440, true, Optional.of(new DeviceId("north-1"))));
        assertThat(judgement.carriers())
                .containsExactly(new Carrier(Part.DEVICE, "north-1"), new Carrier(Part.FEATURE, "humidity"));
    }

    @ParameterizedTest
    @CsvSource({
        "STUCK, 20, SENSOR_FAULT", "STUCK, 19, STABLE",
        "OUT_OF_RANGE, 20, SENSOR_FAULT", "OUT_OF_RANGE, 19, STABLE",
        "NOT_FINITE, 20, SENSOR_FAULT", "NOT_FINITE, 19, STABLE",
        "SILENT, 3, SENSOR_FAULT", "SILENT, 2, STABLE",
        "FLAT, 3, SENSOR_FAULT", "FLAT, 2, STABLE"
    })
    void everyKindHasAFloor(Kind kind, long count, Verdict verdict) {
        var feature = kind == Kind.SILENT ? "" : "humidity";

        assertThat(judge(healthy().fault("north-1", feature, kind, count)).verdict())
                .isEqualTo(verdict);
    }

    @Test
    void flatWindowsOfASensorWhoseRepetitionsAreKnownAreNoFault() {
        // Given: a sensor that repeats nine values in ten, whose flat windows are chance
        var judgement = VerdictRules.judge(
                healthy().fault("north-1", "humidity", Kind.FLAT, 5).windows(),
                Truth.UNKNOWN,
                reference(Optional.of(0.9)),
                VerdictPolicy.DEFAULT);

        assertThat(judgement.verdict()).isEqualTo(Verdict.STABLE);
        assertThat(judgement.evidence())
                .filteredOn(e -> e.measure().equals("flat"))
                .singleElement()
                .satisfies(e -> assertThat(e.breached()).isFalse());
    }

    @Test
    void whatAStuckDeviceClipsIsNotAStaleCalibration() {
        // Given: every clipped input can be the stuck device's
        var sample =
                new Sample().normal(720, 720).inputs(USUAL).clipped(210).fault("north-1", "humidity", Kind.STUCK, 360);

        assertThat(judge(new Sample().normal(720, 720).inputs(USUAL).clipped(210))
                        .verdict())
                .isEqualTo(Verdict.CALIBRATION_STALE);
        assertThat(judge(sample).verdict()).isEqualTo(Verdict.SENSOR_FAULT);
    }

    @Test
    void moreClippingThanAStuckDeviceCanCauseIsAStaleCalibrationThatNamesTheDeviceToo() {
        var judgement = judge(
                new Sample().normal(720, 720).inputs(USUAL).clipped(500).fault("north-1", "humidity", Kind.STUCK, 360));

        assertThat(judgement.verdict()).isEqualTo(Verdict.CALIBRATION_STALE);
        assertThat(judgement.because()).endsWith("; beside it, humidity of device 'north-1' is stuck in 360 readings");
    }

    @Test
    void oneStuckDeviceOfAThousandDoesNotHideAStaleCalibration() {
        var sample = new Sample()
                .normal(180_000, 180_000)
                .inputs(new Counts(36_000, 144_000, 144_000, 36_000))
                .clipped(60_000)
                .fault("north-1", "humidity", Kind.STUCK, 360);

        assertThat(judge(sample).verdict()).isEqualTo(Verdict.CALIBRATION_STALE);
    }

    @Test
    void refusedReadingsAccountForNoClipping() {
        assertThat(judge(new Sample()
                                .normal(720, 720)
                                .inputs(USUAL)
                                .clipped(210)
                                .fault("north-1", "humidity", Kind.OUT_OF_RANGE, 360))
                        .verdict())
                .isEqualTo(Verdict.CALIBRATION_STALE);
    }

    @Test
    void errorsOnAStuckDeviceAreNotConceptDriftButErrorsOnAllAre() {
        var few = List.of(new LabelScore("normal", 720, 530, 530), new LabelScore("event", 0, 0, 190));
        var many = List.of(new LabelScore("normal", 720, 300, 300), new LabelScore("event", 0, 0, 420));
        var stuck = healthy().fault("north-1", "humidity", Kind.STUCK, 360);

        assertThat(VerdictRules.judge(healthy().windows(), Truth.of(many), reference(), VerdictPolicy.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.CONCEPT_DRIFT);
        assertThat(VerdictRules.judge(stuck.windows(), Truth.of(few), reference(), VerdictPolicy.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.SENSOR_FAULT);
        assertThat(VerdictRules.judge(stuck.windows(), Truth.of(many), reference(), VerdictPolicy.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.CONCEPT_DRIFT);
    }

    @Test
    void theValuesOfAStuckSensorDoNotCountAsMovedInputs() {
        var stuck = new Counts(108, 432, 432, 468);

        assertThat(judge(new Sample().normal(720, 720).inputs(stuck)).verdict()).isEqualTo(Verdict.DATA_DRIFT);
        var judgement =
                judge(new Sample().normal(720, 720).inputs(stuck).fault("north-1", "humidity", Kind.STUCK, 360));
        assertThat(judgement.verdict()).isEqualTo(Verdict.SENSOR_FAULT);
        assertThat(judgement.evidence())
                .filteredOn(e -> e.measure().equals("psi"))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.value()).isLessThan(0.01);
                    assertThat(e.samples()).isEqualTo(1080);
                });
    }

    @Test
    void aSiteThatIsSilentIsASensorFaultAndNotOnlyTooLittleData() {
        var judgement = judge(new Sample().normal(20, 20).fault("north-1", "", Kind.SILENT, 6));

        assertThat(judgement.verdict()).isEqualTo(Verdict.SENSOR_FAULT);
        assertThat(judgement.because()).startsWith("device 'north-1' is silent in 6 windows; without that: only 20");
        assertThat(judgement.carriers()).containsExactly(new Carrier(Part.DEVICE, "north-1"));
    }

    @Test
    void aSentenceNamesFourSensorsAndCountsTheRest() {
        var sample = healthy();
        for (int device = 1; device <= 6; device++) {
            sample.fault("north-" + device, "", Kind.SILENT, 4);
        }

        assertThat(judge(sample).because()).contains("'north-4' is silent in 4 windows, and 2 more; without that");
    }

    private static Sample healthy() {
        return new Sample().normal(720, 720).inputs(USUAL);
    }

    private static Judgement judge(Sample sample) {
        return VerdictRules.judge(sample.windows(), Truth.UNKNOWN, reference(), VerdictPolicy.DEFAULT);
    }

    private static Optional<Reference> reference() {
        return reference(Optional.empty());
    }

    private static Optional<Reference> reference(Optional<Double> repeats) {
        var feature = new ReferenceProfile.Feature(
                "humidity", List.of(20.0, 40.0, 60.0), REFERENCE, repeats, Optional.empty());
        return Optional.of(new Reference(List.of("normal", "event"), new ReferenceProfile(List.of(feature))));
    }
}
