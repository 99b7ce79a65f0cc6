package io.plumbline.gateway.core.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.inference.Tensor;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProbationTest {

    private static final Instant NOW = Motes.START;

    private final Probation probation = new Probation();

    @Test
    void aBuildIsThroughAfterEnoughAnswersOrEnoughTime() {
        // Given
        var model = probation.begin(Motes.CLIMATE, FakeModel.build("one").model(), NOW);

        // When
        for (int i = 1; i < Probation.ENOUGH_ANSWERS; i++) {
            model.predict(ClimateBuild.window(45, 28));
        }

        // Then
        assertThat(probation.isThrough(NOW)).isFalse();
        assertThat(probation.isThrough(NOW.plus(Probation.LONG_ENOUGH))).isTrue();
        model.predict(ClimateBuild.window(45, 28));
        assertThat(probation.isThrough(NOW)).isTrue();
    }

    @Test
    void aCallThatDoesNotComeBackHangsAndManyShortOnesDoNot() throws Exception {
        // Given
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var model = probation.begin(Motes.CLIMATE, FakeModel.build("one").model(), NOW);
        for (int look = 0; look < 2 * Probation.LOOKS_IN_A_CALL; look++) {
            model.predict(ClimateBuild.window(45, 28));
            assertThat(probation.hangs()).isFalse();
        }

        // When
        var hanging = new FakeModel(FakeModel.digest("hangs")).before(() -> {
            inside.countDown();
            release.await();
        });
        var watched = probation.begin(Motes.CLIMATE, hanging, NOW);
        var thread = new Thread(() -> watched.predict(window()));
        thread.start();
        inside.await();

        // Then
        for (int look = 1; look < Probation.LOOKS_IN_A_CALL; look++) {
            assertThat(probation.hangs()).isFalse();
        }
        assertThat(probation.hangs()).isTrue();
        release.countDown();
        thread.join();
        assertThat(probation.hangs()).isFalse();
    }

    @Test
    void aLoadThatDoesNotComeBackHangs() {
        // Given
        probation.loading(Motes.stream("one"));

        // When
        for (int look = 1; look < Probation.LOOKS_IN_A_LOAD; look++) {
            assertThat(probation.hangs()).isFalse();
        }

        // Then
        assertThat(probation.hangs()).isTrue();
        probation.loaded();
        assertThat(probation.hangs()).isFalse();
    }

    private static Tensor window() {
        return ClimateBuild.window(45, 28);
    }
}
