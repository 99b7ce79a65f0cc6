package io.plumbline.fleet.core.assignment;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.fleet.testing.Fleets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AssignmentBoardTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final AssignmentBoard board = new AssignmentBoard();

    @Test
    void answersAReaderWhoIsBehindAtOnce() {
        // Given
        board.publish(List.of(assignment(7)));
        // When
        var answer = board.newerThan(GW_NORTH, 6, LONG).toCompletableFuture();
        // Then
        assertThat(answer.join()).contains(assignment(7));
        assertThat(board.waiting()).isZero();
    }

    @Test
    void wakesAReaderWhenThereIsSomethingNew() {
        // Given
        board.publish(List.of(assignment(7)));
        var answer = board.newerThan(GW_NORTH, 7, LONG).toCompletableFuture();
        assertThat(answer).isNotDone();
        // When
        board.publish(List.of(assignment(7)));
        var before = answer.isDone();
        board.publish(List.of(assignment(8)));
        // Then
        assertThat(before).isFalse();
        assertThat(answer.join()).contains(assignment(8));
        assertThat(board.waiting()).isZero();
    }

    @Test
    void letsAReaderGoAfterItsPatience() {
        // Given
        board.publish(List.of(assignment(7)));
        // When
        var answer = board.newerThan(GW_NORTH, 7, Duration.ofMillis(20)).toCompletableFuture();
        // Then
        await().untilAsserted(() -> assertThat(answer).isCompletedWithValue(Optional.empty()));
        assertThat(board.waiting()).isZero();
    }

    @Test
    void doesNotLetAStrangerWait() {
        assertThat(board.newerThan(GW_SOUTH, 0, LONG).toCompletableFuture().join())
                .isEmpty();
        assertThat(board.of(GW_SOUTH)).isEmpty();
    }

    @Test
    void derivesAnAssignmentForEveryGatewayOnceUntilItsContentChanges() {
        // Given
        var spec = Fleets.spec();
        var first = DesiredAssignments.changes(spec, (model, gateway) -> BASELINE, Map.of());
        var known = first.stream().collect(Collectors.toMap(Assignment::gateway, one -> one));
        // When
        var again = DesiredAssignments.changes(spec, (model, gateway) -> BASELINE, known);
        var canary = DesiredAssignments.changes(
                spec, (model, gateway) -> gateway.equals(GW_NORTH) ? CANDIDATE : BASELINE, known);
        // Then
        assertThat(first).extracting(Assignment::gateway).containsExactly(GW_NORTH, GW_SOUTH);
        assertThat(first).extracting(Assignment::generation).containsOnly(1L);
        assertThat(again).isEmpty();
        assertThat(canary).hasSize(1);
        assertThat(canary.get(0).gateway()).isEqualTo(GW_NORTH);
        assertThat(canary.get(0).generation()).isEqualTo(2);
        assertThat(canary.get(0).streams().get(0).build()).isEqualTo(CANDIDATE);
    }

    private static Assignment assignment(long generation) {
        return new Assignment(GW_NORTH, NORTH, generation, List.of());
    }
}
