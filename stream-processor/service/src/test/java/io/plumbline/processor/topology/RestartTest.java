package io.plumbline.processor.topology;

import static io.plumbline.processor.topology.Given.NORTH;
import static io.plumbline.processor.topology.Given.STALE;
import static io.plumbline.processor.topology.Given.clipping;
import static io.plumbline.processor.topology.Given.label;
import static io.plumbline.processor.topology.Given.result;
import static io.plumbline.processor.topology.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.LabelScore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose disk is lost goes on from the changelog topics as if nothing had happened. */
class RestartTest {

    private static final DeviceId DEVICE = new DeviceId("north-1");

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 30, 52})
    void aRestartAtAnyWindowChangesNeitherVerdictsNorRequests(int restartAt) {
        try (var uninterrupted = new Bench();
                var before = new Bench();
                var after = new Bench()) {
            // Given
            send(uninterrupted, 0, 64);
            send(before, 0, restartAt);

            // When
            after.restore(before.changelogs());
            send(after, restartAt, 64);

            // Then
            assertThat(after.health()).isEqualTo(uninterrupted.health());
            assertThat(concat(before.verdicts(), after.verdicts())).isEqualTo(uninterrupted.verdicts());
            assertThat(concat(before.requests(), after.requests())).isEqualTo(uninterrupted.requests());
        }
    }

    @Test
    void whatWasCountedIsNotCountedAgainAfterARestart() {
        try (var before = new Bench();
                var after = new Bench()) {
            before.send(clipping(STALE, NORTH, 0));
            before.send(result(DEVICE, 5, "event"));
            before.send(label(DEVICE, 5, "event"));

            after.restore(before.changelogs());
            after.send(clipping(STALE, NORTH, 0), clipping(STALE, NORTH, 1));
            after.send(result(DEVICE, 5, "event"));
            after.send(label(DEVICE, 5, "event"));

            var health = after.health();
            assertThat(health.to()).isEqualTo(window(2));
            assertThat(health.fidelity().compared()).isEqualTo(240);
            assertThat(health.labels()).containsExactly(new LabelScore("event", 1, 1, 1));
        }
    }

    @Test
    void stateOnDiskSaysTheSameAsStateInMemory(@TempDir Path folder) {
        try (var disk = Bench.onDisk(folder);
                var memory = new Bench()) {
            send(disk, 0, 8);
            send(memory, 0, 8);

            assertThat(disk.health()).isEqualTo(memory.health());
            assertThat(disk.verdicts()).isEqualTo(memory.verdicts()).isNotEmpty();
            assertThat(disk.size(Stores.WINDOWS)).isEqualTo(8);
        }
    }

    @Test
    void whatWasCountedButNotToldBeforeARestartIsToldAfterIt() {
        try (var before = new Bench();
                var after = new Bench()) {
            // Given
            send(before, 0, 3);
            assertThat(before.records(Topics.MODEL_HEALTH)).isEmpty();

            // When
            after.restore(before.changelogs());
            var health = after.health();

            // Then
            assertThat(health.to()).isEqualTo(window(3));
            assertThat(health.fidelity().compared()).isEqualTo(360);
        }
    }

    @Test
    void aLabelMeetsAResultFromBeforeTheRestart() {
        try (var before = new Bench();
                var after = new Bench()) {
            before.send(result(DEVICE, 5, "event"));

            after.restore(before.changelogs());
            after.send(label(DEVICE, 5, "normal"));

            assertThat(after.metrics.paired).isEqualTo(1);
        }
    }

    private static void send(Bench bench, int from, int to) {
        for (int w = from; w < to; w++) {
            bench.send(clipping(STALE, NORTH, w));
        }
    }

    private static <T> java.util.List<T> concat(java.util.List<T> one, java.util.List<T> two) {
        return java.util.stream.Stream.concat(one.stream(), two.stream()).toList();
    }
}
