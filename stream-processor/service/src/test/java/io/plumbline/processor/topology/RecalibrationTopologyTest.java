package io.plumbline.processor.topology;

import static io.plumbline.processor.topology.Given.FRESH;
import static io.plumbline.processor.topology.Given.NORTH;
import static io.plumbline.processor.topology.Given.SOUTH;
import static io.plumbline.processor.topology.Given.STALE;
import static io.plumbline.processor.topology.Given.clipping;
import static io.plumbline.processor.topology.Given.quiet;
import static io.plumbline.processor.topology.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecalibrationTopologyTest {

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aStaleVerdictAsksForRecalibrationUnderItsOwnId() {
        stale(STALE, NORTH, 0, 4);

        var verdict = bench.verdicts().get(0);
        assertThat(bench.records(Topics.RECALIBRATIONS))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo("climate-event"));
        stale(STALE, NORTH, 4, 5);
        assertThat(verdict.id()).isNotEmpty();
    }

    @Test
    void theRequestNamesTheVerdictTheBuildTheSiteAndWhy() {
        stale(STALE, NORTH, 0, 4);

        var verdict = bench.verdicts().get(0);
        assertThat(bench.requests())
                .containsExactly(new Requested(
                        verdict.id(),
                        Given.MODEL,
                        Given.VERSION,
                        STALE,
                        java.util.List.of(NORTH),
                        verdict.because(),
                        window(3)));
    }

    @Test
    void whileItStaysStaleItIsAskedAgainOnlyAfterTheCooldown() {
        // When: nine hours of stale windows
        stale(STALE, NORTH, 0, 9 * 12);

        // Then: at 15 minutes, and every four hours from there
        assertThat(bench.requests())
                .extracting(Requested::at)
                .containsExactly(window(3), window(3 + 48), window(3 + 96));
    }

    @Test
    void everyRequestHasAnIdOfItsOwn() {
        stale(STALE, NORTH, 0, 9 * 12);

        assertThat(bench.requests())
                .extracting(Requested::id)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void aSecondSiteDuringTheCooldownIsNamedInTheNextRequest() {
        for (int w = 0; w < 60; w++) {
            bench.send(clipping(STALE, NORTH, w), clipping(STALE, SOUTH, w));
        }

        assertThat(bench.requests())
                .extracting(Requested::sites)
                .containsExactly(java.util.List.of(NORTH), java.util.List.of(NORTH, SOUTH));
    }

    @Test
    void theLoopTurnsAgainForEveryNewBuildWithoutWaitingForTheCooldown() {
        // Given: three turns of an hour each; the build of a turn is stale, and the next one is the answer to it
        for (int turn = 0; turn < 3; turn++) {
            var build = Given.digest("build of turn " + turn);
            stale(build, NORTH, 12 * turn, 12 * turn + 12);
        }

        assertThat(bench.requests())
                .extracting(Requested::build)
                .containsExactly(
                        Given.digest("build of turn 0"),
                        Given.digest("build of turn 1"),
                        Given.digest("build of turn 2"));
    }

    @Test
    void aBuildThatRecoveredAsksForNothing() {
        stale(STALE, NORTH, 0, 4);
        for (int w = 4; w < 100; w++) {
            bench.send(quiet(STALE, NORTH, w));
        }

        assertThat(bench.requests()).hasSize(1);
    }

    @Test
    void aBuildThatIsNotStaleIsNeverAskedAbout() {
        for (int w = 0; w < 50; w++) {
            bench.send(Given.moved(FRESH, NORTH, w));
        }

        assertThat(bench.requests()).isEmpty();
    }

    private void stale(Digest build, SiteId site, int from, int to) {
        for (int w = from; w < to; w++) {
            bench.send(clipping(build, site, w));
        }
    }
}
