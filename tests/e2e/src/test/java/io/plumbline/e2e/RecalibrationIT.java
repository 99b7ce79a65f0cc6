package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.benchmarks.recalibration.DriftedRoom;
import io.plumbline.benchmarks.recalibration.HopelessRoom;
import io.plumbline.benchmarks.recalibration.NightCamera;
import io.plumbline.benchmarks.recalibration.Recalibration;
import io.plumbline.benchmarks.recalibration.Sealed;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.support.SharedFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Recalibrations over the packaged services: where they help, where they are refused, and that nothing of a site leaves it. */
class RecalibrationIT {

    /** Stays after the tests: when one fails, the logs in it say why. */
    private static final Path DATA =
            Path.of("target", "recalibration-" + ProcessHandle.current().pid());

    @Test
    void aRoomThatLeftItsRangesIsRecalibratedAndNoReadingLeavesItsGateway() throws Exception {
        // Given
        var shared = SharedFiles.require("sensors/occupancy").resolve("../..").normalize();

        // When
        var result = DriftedRoom.play(shared, DATA.resolve("occ5"));

        // Then: on these days INT8 and FP32 are so sure that they give the same labels before, too
        isBetter(result.job());
        assertThat(Recalibration.agreement(result.job().after()))
                .isGreaterThanOrEqualTo(Recalibration.agreement(result.job().before()));
        assertThat(result.logitsAfter()).isLessThan(result.logitsBefore() / 2);
        staysOnItsSite(result.sealed());
    }

    @Test
    void aModelThatIsWrongIsNotRecalibratedByHandWithoutForce() throws Exception {
        // Given
        var shared = SharedFiles.require("sensors/occupancy").resolve("../..").normalize();

        // When
        var result = HopelessRoom.play(shared, DATA.resolve("occ2"));

        // Then
        assertThat(result.verdict().evidence())
                .anySatisfy(fact -> assertThat(fact.measure() + " " + fact.subject() + " " + fact.breached())
                        .isEqualTo("accuracy occupied true"));
        assertThat(result.status()).isEqualTo(200);
        assertThat(result.posted().step()).isEqualTo("REFUSED");
        assertThat(result.posted().outcome()).containsInstanceOf(RecalibrationEvent.Refused.class);
        assertThat(result.command().exit()).isEqualTo(3);
        assertThat(result.command().out())
                .startsWith("refused: CONCEPT_DRIFT on north (")
                .contains("accuracy of occupied 0.")
                .contains(", breached")
                .contains("train the model anew, or ask with force");
        assertThat(result.requests()).isZero();
        staysOnItsSite(result.sealed());
    }

    @Test
    void aDetectorOfTheNightIsRecalibratedByDayAndNoImageLeavesItsGateway() throws Exception {
        // Given
        var shared = SharedFiles.require("camera/store_aisle").resolve("../..").normalize();

        // When
        var result = NightCamera.play(shared, DATA.resolve("fastestdet"));

        // Then
        isBetter(result.job());
        assertThat(Recalibration.agreement(result.job().after()))
                .isGreaterThan(Recalibration.agreement(result.job().before()));
        staysOnItsSite(result.sealed());
    }

    private static void isBetter(Recalibration job) {
        assertThat(Recalibration.distance(job.after())).isLessThan(Recalibration.distance(job.before()) / 2);
        assertThat(job.because())
                .startsWith("PASS, ")
                .containsPattern("at 95 % confidence \\(over it by -[0-9.]+ to -[0-9.]+\\)");
    }

    private static void staysOnItsSite(Sealed sealed) {
        assertThat(sealed.looks()).isGreaterThan(1_000);
        assertThat(sealed.found()).isEmpty();
    }
}
