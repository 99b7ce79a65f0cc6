package io.plumbline.fleet.core.console.models;

import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.console.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FamilyTreeTest {

    @Test
    void aBuildIsNamedWithItsNewestRolloutAndItsPlaces() {
        // Given
        var place = Stream.of("east", "north", "south", "west")
                .map(site -> new ModelBoard.Place(digest(1), new SiteId(site), List.of(), 0))
                .toList();
        var rollouts = List.of(
                rollout("r-2", digest(1), RolloutStage.COMPLETED), rollout("r-1", digest(1), RolloutStage.ROLLED_BACK));
        // When
        var tree = FamilyTree.draw(
                MODEL, List.of(version(build(1, Optional.empty(), 4))), place, rollouts, "These are the newest.");
        // Then
        var node = tree.nodes().get(2);
        assertThat(node.facts())
                .containsExactly("calibrated on " + digest(99).shortHex(), "on 4 gateways at east, north and 2 more");
        assertThat(node.label().tone()).isEqualTo(Tone.NEWS);
        assertThat(node.rollout())
                .containsExactly(new Lineage.Brought("/rollouts/r-2", "rollout: completed", Tone.GOOD));
        assertThat(tree.missing()).isEqualTo("These are the newest.");
        assertThat(tree.height()).isGreaterThan(node.below());
    }

    @Test
    void generationsStandFurtherRightUntilThereIsNoRoomLeft() {
        // Given: each was recalibrated from the one before
        var builds = new ArrayList<BuildLine>();
        for (int i = 0; i < 12; i++) {
            builds.add(build(i, i == 0 ? Optional.empty() : Optional.of(digest(i - 1)), 0));
        }
        // When
        var tree = FamilyTree.draw(MODEL, List.of(version(builds.toArray(BuildLine[]::new))), List.of(), List.of(), "");
        // Then
        assertThat(tree.nodes()).hasSize(14).extracting(Lineage.Node::x).isSorted();
        assertThat(tree.nodes().get(13).x()).isLessThan(Lineage.WIDTH / 3);
        assertThat(tree.paths()).hasSize(13);
    }

    @Test
    void aBuildWhoseParentIsNotShownStandsUnderItsVersionAndOneThatIsItsOwnAncestorNowhere() {
        // Given
        var orphan = build(1, Optional.of(digest(50)), 0);
        var liar = build(2, Optional.of(digest(2)), 0);
        // When
        var tree = FamilyTree.draw(MODEL, List.of(version(orphan, liar)), List.of(), List.of(), "");
        // Then
        assertThat(tree.nodes())
                .extracting(node -> node.label().name())
                .containsExactly(MODEL.value(), VERSION.shortHex(), digest(1).shortHex());
        assertThat(tree.nodes().get(2).facts().get(0))
                .startsWith("recalibrated from " + digest(50).shortHex());
    }

    private static VersionLine version(BuildLine... builds) {
        return new VersionLine(VERSION, List.of("v1"), "READY", "", 0, List.of(builds));
    }

    private static BuildLine build(int number, Optional<Digest> parent, int gateways) {
        return new BuildLine(
                digest(number),
                "static-minmax",
                0,
                0,
                Optional.of(T0.plusSeconds(number)),
                Optional.of(digest(99)),
                parent,
                false,
                gateways,
                List.of());
    }

    private static RolloutEvent rollout(String id, Digest candidate, RolloutStage stage) {
        return new RolloutEvent(
                id, 1, MODEL, digest(0), candidate, stage, List.of(), "so", List.of(), T0, Optional.empty());
    }

    private static Digest digest(int number) {
        return Digest.of(new byte[] {(byte) number});
    }
}
