package io.plumbline.registry.core.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private static final SiteId LARGE = new SiteId("large");
    private static final SiteId SMALL = new SiteId("small");
    private static final SiteId OTHER = new SiteId("other");

    private final Map<GatewayId, SiteId> running = new HashMap<>();

    private static Requested request(String id, SiteId... sites) {
        var build = Digest.of(new byte[] {1});
        return new Requested(
                id, new ModelName("m"), Digest.of(new byte[] {9}), build, List.of(sites), "stale", Instant.EPOCH);
    }

    private void site(SiteId site, int gateways) {
        IntStream.range(0, gateways).forEach(i -> running.put(new GatewayId(site + "-" + i), site));
    }

    private static long of(SiteId site, Map<GatewayId, SiteId> chosen) {
        return chosen.values().stream().filter(site::equals).count();
    }

    @Test
    void aFewGatewaysAreAllChosen() {
        site(LARGE, 5);
        site(SMALL, 2);
        assertThat(new Choice(64).of(request("r", LARGE), running)).isEqualTo(running);
    }

    @Test
    void aLargeSiteDoesNotSpeakForTheOthers() {
        // Given
        site(LARGE, 5_000);
        site(SMALL, 3);
        site(OTHER, 100);

        // When
        var chosen = new Choice(64).of(request("r", LARGE, SMALL), running);

        // Then
        assertThat(chosen).hasSize(64);
        assertThat(of(SMALL, chosen)).isEqualTo(3);
        assertThat(of(LARGE, chosen)).isBetween(30L, 31L);
        assertThat(of(OTHER, chosen)).isBetween(30L, 31L);
    }

    @Test
    void everySiteThatIsAskedForHasAGatewayHoweverFewMayBe() {
        // Given
        site(LARGE, 10);
        site(SMALL, 1);
        site(OTHER, 10);

        // When
        var chosen = new Choice(1).of(request("r", LARGE, SMALL), running);

        // Then
        assertThat(chosen).hasSize(2).containsValues(LARGE, SMALL);
    }

    @Test
    void theSameRequestChoosesTheSameGatewaysAndAnotherOneOthers() {
        // Given
        site(LARGE, 1_000);

        // Then
        var first = new Choice(8).of(request("r1", LARGE), running);
        assertThat(new Choice(8).of(request("r1", LARGE), running)).isEqualTo(first);
        assertThat(new Choice(8).of(request("r2", LARGE), running).keySet()).isNotEqualTo(first.keySet());
    }
}
