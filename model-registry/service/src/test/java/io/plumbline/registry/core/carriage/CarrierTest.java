package io.plumbline.registry.core.carriage;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.adapter.disk.KeyRing;
import io.plumbline.registry.core.oci.Repositories;
import io.plumbline.registry.core.signing.KeyFile;
import io.plumbline.registry.core.signing.Resigner;
import io.plumbline.registry.core.signing.SmallBuilds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarrierTest {

    @TempDir
    Path folder;

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Ship ship = new Ship();
    private final List<Optional<String>> told = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private Repositories repositories;
    private SmallBuilds builds;
    private KeyRing keys;

    @BeforeEach
    void open() throws Exception {
        repositories = ImageLayout.open(folder.resolve("layout"));
        builds = new SmallBuilds(repositories);
        keys = keys(new KeyFile("key.json", Optional.empty()));
    }

    @Test
    void everyBuildIsCarriedOnceAndTheNewestFirst() {
        // Given
        var carrier = carrier();
        var old = builds.published("old", keys);
        var young = builds.published("young", keys);

        // When
        carrier.look();
        carrier.look();

        // Then
        assertThat(ship.taken).containsExactly(young + " 1", old + " 1");
        assertThat(carrier.waiting()).isZero();
    }

    @Test
    void whatWasMadeWhileThePeerWasAwayIsCarriedWhenItIsBack() throws Exception {
        // Given
        var carrier = carrier();
        var build = builds.published("a", keys);
        ship.away = true;

        carrier.whenThere(List.of(build), PATIENCE, told::add);

        // When
        carrier.look();

        // Then
        assertThat(carrier.waiting()).isOne();
        assertThat(told).isEmpty();

        // When
        ship.away = false;
        carrier.look();

        // Then
        assertThat(told).containsExactly(Optional.empty());
        assertThat(carrier.waiting()).isZero();
        assertThat(ship.taken).containsExactly(build + " 1");
    }

    @Test
    void whoWaitsForBuildsThatThePeerDoesNotTakeIsToldWhyOnce() {
        // Given
        var carrier = carrier();
        var build = builds.published("a", keys);
        ship.away = true;
        carrier.whenThere(List.of(build), PATIENCE, told::add);
        carrier.look();

        // When
        now = now.plus(PATIENCE);
        carrier.look();

        // Then
        assertThat(told)
                .containsExactly(
                        Optional.of("the candidates are not at the ship, where gateways pull from, after PT15M: away"));

        // When: it takes them after all
        ship.away = false;
        carrier.look();

        // Then
        assertThat(ship.taken).containsExactly(build + " 1");
        assertThat(told).hasSize(1);
    }

    /** A first fill may take hours: who waits for one build does not wait for all, and nobody is told that all are there. */
    @Test
    void aBuildThatArrivedIsNotWaitedForUntilTheOthersHave() throws Exception {
        // Given
        var carrier = carrier();
        builds.published("old", keys);
        var young = builds.published("young", keys);
        var seen = new ArrayList<Integer>();
        ship.onTake = () -> {
            seen.add(carrier.waiting());
            if (seen.size() == 2) {
                assertThat(told).containsExactly(Optional.empty());
            }
        };
        carrier.whenThere(List.of(young), PATIENCE, told::add);

        // When
        carrier.look();

        // Then
        assertThat(seen).containsExactly(2, 1);
        assertThat(carrier.waiting()).isZero();
    }

    @Test
    void aPeerThatIsAwayIsNotAskedAboutEveryBuild() {
        // Given
        var carrier = carrier();
        for (int i = 0; i < 10; i++) {
            builds.published("build-" + i, keys);
        }
        ship.away = true;

        // When
        carrier.look();

        // Then
        assertThat(ship.asked).isEqualTo(3);
        assertThat(carrier.waiting()).isEqualTo(10);
    }

    @Test
    void aBuildThatThePeerRefusesKeepsNoOtherFromItsWay() {
        // Given
        var carrier = carrier();
        var first = builds.published("first", keys);
        ship.refused = List.of(builds.published("too-large", keys));
        var last = builds.published("last", keys);

        // When
        carrier.look();

        // Then
        assertThat(ship.taken).containsExactly(last + " 1", first + " 1");
        assertThat(carrier.waiting()).isOne();
    }

    @Test
    void buildsThatThePeerNeverTakesDoNotStandBeforeOthersHoweverManyTheyAre() {
        // Given
        var carrier = carrier();
        var good = builds.published("good", keys);
        ship.refused = List.of(
                builds.published("large-1", keys),
                builds.published("large-2", keys),
                builds.published("large-3", keys));

        // When
        carrier.look();
        carrier.look();

        // Then
        assertThat(ship.taken).containsExactly(good + " 1");
        assertThat(carrier.waiting()).isEqualTo(3);
    }

    @Test
    void aSignatureThatComesLaterIsCarriedToo() throws Exception {
        // Given
        var carrier = carrier();
        var build = builds.published("a", keys);
        carrier.look();

        // When
        var both = keys(
                new KeyFile("new.json", Optional.empty()),
                new KeyFile("key.json", Optional.of(Clock.systemUTC().instant().plus(Duration.ofDays(1)))));
        new Resigner(repositories, both, both.trust(), Clock.systemUTC()).run();
        carrier.look();

        // Then
        assertThat(ship.taken).containsExactly(build + " 1", build + " 2");
    }

    @Test
    void withoutAPeerNobodyWaits() {
        var carrier = new Carrier(repositories, Optional.empty(), () -> now);
        var build = builds.published("a", keys);
        carrier.look();
        carrier.whenThere(List.of(build), PATIENCE, told::add);
        assertThat(told).containsExactly(Optional.empty());
        assertThat(carrier.waiting()).isZero();
    }

    private Carrier carrier() {
        return new Carrier(repositories, Optional.of(ship), () -> now);
    }

    private KeyRing keys(KeyFile... files) throws Exception {
        return KeyRing.open(folder, List.of(files), Clock.systemUTC());
    }

    private static final class Ship implements Peer {

        private final List<String> taken = new ArrayList<>();
        private List<Digest> refused = List.of();
        private boolean away;
        private Runnable onTake = () -> {};
        private int asked;

        @Override
        public String name() {
            return "the ship";
        }

        @Override
        public void take(ModelName model, Repositories.Stored build, List<DsseEnvelope> signatures)
                throws PeerException {
            asked++;
            onTake.run();
            if (away) {
                throw new PeerException("away", new IllegalStateException());
            }
            var digest = build.manifest().digest();
            if (refused.contains(digest)) {
                throw new PeerException("413", new IllegalStateException());
            }
            taken.add(digest + " " + signatures.size());
        }
    }
}
