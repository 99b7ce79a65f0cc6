package io.plumbline.gateway.core.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static final Assignment ONE = assignment(1, Motes.stream("one"));
    private static final Assignment TWO = assignment(2, Motes.stream("two"));
    private static final Slots ONE_IS_GOOD =
            Slots.EMPTY.accept(ONE).trying(FakeModel.digest("one")).proven(ONE);

    @Test
    void anEndInTheMiddleOfATrialCondemnsTheBuildAndLeavesTheGoodOneInItsPlace() {
        // Given
        var found = ONE_IS_GOOD.accept(TWO).trying(FakeModel.digest("two"));

        // When
        var after = found.afterStart();

        // Then
        assertThat(after.crashed()).isFalse();
        assertThat(after.against(FakeModel.digest("two"))).isPresent();
        assertThat(after.runnable()).contains(assignment(2, Motes.stream("one")));
        assertThat(after.generation()).isEqualTo(2);
    }

    @Test
    void anEndAfterTheTrialCondemnsNothing() {
        // Given
        var found = ONE_IS_GOOD.accept(TWO).trying(FakeModel.digest("two")).proven(TWO);

        // Then
        assertThat(found.afterStart()).isEqualTo(found);
        assertThat(found.runnable()).contains(TWO);
    }

    @Test
    void anOrderlyEndCondemnsNothing() {
        // Given
        var found = ONE_IS_GOOD.accept(TWO).trying(FakeModel.digest("two")).paused();

        // Then
        assertThat(found.afterStart()).isEqualTo(found);
        assertThat(found.trying(FakeModel.digest("two")).crashed()).isTrue();
    }

    @Test
    void aRefusedBuildIsNotBeingTriedAnyMore() {
        // Given
        var found = ONE_IS_GOOD.accept(TWO).trying(FakeModel.digest("two")).notTrying(FakeModel.digest("two"));

        // Then
        assertThat(found.afterStart().condemned()).isEmpty();
    }

    @Test
    void withNothingToFallBackToABuildIsTriedThreeTimesAndThenLeftOut() {
        // Given
        var found = Slots.EMPTY.accept(ONE).trying(FakeModel.digest("one"));

        // When
        var second = found.afterStart().trying(FakeModel.digest("one"));
        var third = second.afterStart().trying(FakeModel.digest("one"));
        var given = third.afterStart();

        // Then
        assertThat(third.condemned()).isEmpty();
        assertThat(given.against(FakeModel.digest("one")).orElseThrow().because())
                .endsWith("3 times");
        assertThat(given.runnable().orElseThrow().streams()).isEmpty();
    }

    @Test
    void aNewerAssignmentMayAskAgain() {
        // Given
        var condemned = ONE_IS_GOOD.accept(TWO).trying(FakeModel.digest("two")).afterStart();

        // When
        var asked = condemned.accept(assignment(3, Motes.stream("two")));

        // Then
        assertThat(asked.runnable()).contains(assignment(3, Motes.stream("two")));
    }

    @Test
    void theGenerationNeverFalls() {
        assertThatThrownBy(() -> ONE_IS_GOOD.accept(TWO).accept(ONE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsAssignedGoodOrBeingTriedMustStayOnDisk() {
        // Given
        var slots = ONE_IS_GOOD.accept(TWO).trying(FakeModel.digest("three"));

        // Then
        assertThat(slots.builds())
                .containsExactlyInAnyOrder(FakeModel.digest("one"), FakeModel.digest("two"), FakeModel.digest("three"));
    }

    private static Assignment assignment(long generation, StreamAssignment... streams) {
        return new Assignment(new GatewayId("gw-north"), new SiteId("north"), generation, List.of(streams));
    }
}
