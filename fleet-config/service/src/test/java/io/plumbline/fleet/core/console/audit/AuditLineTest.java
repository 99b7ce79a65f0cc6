package io.plumbline.fleet.core.console.audit;

import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.fleet.core.alert.AlertBook;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditLineTest {

    @Test
    void everythingStandsInOneOrderAndLeadsToMore() {
        // Given
        var entries = List.of(
                new AuditEntry(T0.plusSeconds(30), "eve", "ROLLOUT_ABORTED_KEEPING", "r-1", "good enough"),
                new AuditEntry(T0.plusSeconds(20), "", "FILE_APPLIED", "version 2", "more"),
                new AuditEntry(T0.plusSeconds(15), "dan", "ALERTS_TOLD_AGAIN", "silence s-1", ""),
                new AuditEntry(T0.plusSeconds(10), "ada", "ALERTS_HELD_BACK", "silence s-1", "known"),
                new AuditEntry(T0, "bob", "GATEWAY_INVITED", "north", "new box"));
        // When
        var board = AuditBoard.of(entries, AlertBook.EMPTY, 1);
        // Then
        assertThat(board.lines()).extracting(AuditLine::who).containsExactly("eve", "somebody", "dan", "ada", "bob");
        assertThat(board.lines())
                .extracting(AuditLine::what)
                .containsExactly(
                        "rollout aborted keeping",
                        "file applied",
                        "alerts told again",
                        "alerts held back",
                        "gateway invited");
        assertThat(board.lines())
                .extracting(AuditLine::link)
                .containsExactly(
                        Optional.of("/rollouts/r-1"),
                        Optional.of("/api/v1/fleet/versions/2"),
                        Optional.of("/alerts#silences-title"),
                        Optional.of("/alerts#silences-title"),
                        Optional.empty());
    }
}
