package io.plumbline.fleet.core.control;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IsolationTest extends TwoSites {

    private static final ModelName OTHER = new ModelName("a-other");

    @Test
    void aBugWithOneModelHoldsUpNoRolloutOfAnother() throws Exception {
        // Given: rollouts of two models, and nothing can be said of the one that is looked at first
        control = new ControlPlane(store, new BrokenOf(OTHER), change -> {}, clock);
        apply(yaml(BASELINE)
                .replace("models:\n", "models:\n  a-other: {build: \"" + BASELINE + "\"}\n")
                .replace(
                        "streams:\n", "streams:\n  other: {topic: \"sites/{site}/{device}/other\", model: a-other}\n"));
        control.start(OTHER, Fleets.build("other"), "asked");
        control.start(MODEL, CANDIDATE, "asked");
        // When
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(control::look).hasMessage("a bug");
        }
        // Then
        assertThat(stage(MODEL)).isNotEqualTo(stage(OTHER));
        assertThat(control.state().assigned().get(GW_NORTH).streams())
                .filteredOn(stream -> stream.model().equals(MODEL))
                .allMatch(stream -> stream.build().equals(CANDIDATE));
    }

    @Test
    void whatOthersThrewIsNotLost() {
        // Given
        var each = new Isolation();
        var done = new ArrayList<String>();
        // When
        for (var name : List.of("one", "two", "three")) {
            each.run(() -> {
                if (!name.equals("three")) {
                    throw new IllegalStateException(name);
                }
                done.add(name);
            });
        }
        // Then
        assertThat(done).containsExactly("three");
        assertThatThrownBy(each::end)
                .hasMessage("one")
                .satisfies(bug -> assertThat(bug.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("two"));
    }

    @Test
    void aStoreThatIsAwayEndsTheLookAtOnce() {
        var each = new Isolation();
        assertThatThrownBy(() -> each.run(() -> {
                    throw new StoreUnavailableException("away");
                }))
                .isInstanceOf(StoreUnavailableException.class);
    }

    private RolloutStage stage(ModelName model) {
        return control.state().active(model).orElseThrow().stage();
    }

    /** What is heard, but for one model. */
    private final class BrokenOf implements EvidenceSource {

        private final ModelName model;

        private BrokenOf(ModelName model) {
            this.model = model;
        }

        @Override
        public RolloutEvidence of(RolloutPlan plan, ControlState state, Instant now) {
            if (plan.model().equals(model)) {
                throw new IllegalStateException("a bug");
            }
            return heard.of(plan, state, now);
        }

        @Override
        public Map<GatewayId, Long> generations() {
            return heard.generations();
        }
    }
}
