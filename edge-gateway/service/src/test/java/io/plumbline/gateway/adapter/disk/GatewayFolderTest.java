package io.plumbline.gateway.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.gateway.config.IllegalConfigurationException;
import io.plumbline.gateway.core.slots.Slots;
import io.plumbline.gateway.core.snapshot.Snapshot;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayFolderTest {

    @TempDir
    private Path root;

    @Test
    void belongsToOneGatewayAtATime() throws Exception {
        try (var folder = GatewayFolder.open(root)) {
            assertThat(folder.outbox().getParent()).isEqualTo(root);
            assertThatThrownBy(() -> GatewayFolder.open(root))
                    .isInstanceOf(IllegalConfigurationException.class)
                    .hasMessageContaining("is in use");
        }
        try (var again = GatewayFolder.open(root)) {
            assertThat(again.outbox().getParent()).isEqualTo(root);
        }
    }

    @Test
    void aFileInTheWayIsTheUsersMistake() throws Exception {
        // Given
        var file = Files.writeString(root.resolve("file"), "");

        // Then
        assertThatThrownBy(() -> GatewayFolder.open(file))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageStartingWith("plumbline.gateway.data-dir is '" + file + "'; it must be a folder");
    }

    @Test
    void aSnapshotComesBackWithWhatKafkaHadThen() throws Exception {
        // Given
        try (var log = SegmentedLog.open(root.resolve("outbox"), new LogLimits(1_000, 10_000))) {
            log.append(Records.letters(0, 20));
            log.drained(11);
            var snapshots = new SnapshotFile(root.resolve("snapshot"), log);

            // When
            snapshots.save(new Snapshot(17, new byte[] {1, 2, 3}));

            // Then
            var loaded = snapshots.load().orElseThrow();
            assertThat(loaded.covers()).isEqualTo(17);
            assertThat(loaded.state()).containsExactly(1, 2, 3);
            assertThat(snapshots.drained()).isEqualTo(11);
        }
    }

    @Test
    void aDamagedSnapshotIsNone() throws Exception {
        // Given
        try (var log = SegmentedLog.open(root.resolve("outbox"), new LogLimits(1_000, 10_000))) {
            var snapshots = new SnapshotFile(root.resolve("snapshot"), log);
            snapshots.save(new Snapshot(17, new byte[] {1, 2, 3}));
            var bytes = Files.readAllBytes(root.resolve("snapshot"));
            bytes[bytes.length - 1] ^= 1;

            // When
            Files.write(root.resolve("snapshot"), bytes);

            // Then
            assertThat(snapshots.load()).isEmpty();
            assertThat(snapshots.drained()).isZero();
        }
    }

    @Test
    void slotsComeBackAndDamagedOnesAreNone() throws Exception {
        // Given
        var file = root.resolve("slots.json");
        var store = new SlotFile(file);
        var assignment =
                new Assignment(new GatewayId("gw-north"), new SiteId("north"), 5, List.of(Motes.stream("one")));
        var slots = Slots.EMPTY.accept(assignment).trying(FakeModel.digest("one"));

        // When
        store.save(slots);

        // Then
        assertThat(store.load()).isEqualTo(slots);
        Files.writeString(file, "{");
        assertThat(store.load()).isEqualTo(Slots.EMPTY);
    }
}
