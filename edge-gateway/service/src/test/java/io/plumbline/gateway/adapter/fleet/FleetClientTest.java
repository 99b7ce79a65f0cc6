package io.plumbline.gateway.adapter.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.gateway.testing.FakeFleet;
import io.plumbline.gateway.testing.Motes;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetClientTest {

    private final FakeFleet fleet = new FakeFleet();
    private final FleetClient client =
            new FleetClient(HttpClient.newHttpClient(), fleet.url(), new GatewayId("gw-north"));

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void getsAnAssignmentOnce() throws Exception {
        // Given
        var assignment = assignment("gw-north");
        fleet.assign(assignment);

        // Then
        assertThat(client.next(-1, Duration.ZERO)).contains(assignment);
        assertThat(client.next(4, Duration.ZERO)).contains(assignment);
        assertThat(client.next(5, Duration.ZERO)).isEmpty();
    }

    @Test
    void hasNothingToDoWhileNothingIsAssigned() throws Exception {
        assertThat(client.next(-1, Duration.ZERO)).isEmpty();
    }

    @Test
    void doesNotTakeTheAssignmentOfAnother() {
        // Given
        fleet.assign(assignment("gw-south"));

        // Then
        assertThatThrownBy(() -> client.next(-1, Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessage("the assignment is for gw-south, not for gw-north");
    }

    @Test
    void saysWhenNobodyAnswers() {
        // Given
        fleet.close();

        // Then
        assertThatThrownBy(() -> client.next(-1, Duration.ZERO)).isInstanceOf(IOException.class);
    }

    private static Assignment assignment(String gateway) {
        return new Assignment(new GatewayId(gateway), new SiteId("north"), 5, List.of(Motes.stream("one")));
    }
}
