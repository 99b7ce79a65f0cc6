package io.plumbline.fleet.core.console.models;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.Verdict;
import io.plumbline.fleet.core.console.Wording;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.control.ModelBuilds;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts the page about models together: of one moment, and what the registry answers in it. */
public final class ModelPicture {

    private final ControlState state;
    private final List<ModelHealth> health;
    private final ModelDetails details;

    /** @param health of what is assigned */
    public ModelPicture(ControlState state, List<ModelHealth> health, ModelDetails details) {
        this.state = state;
        this.health = List.copyOf(health);
        this.details = details;
    }

    /**
     * @param name of the model that is wanted in full; the worst if there is no such model
     * @param build the first digits of the one whose quality is wanted; the settled one if there is no such build
     */
    public ModelBoard board(String name, String build) {
        var models = state.models().values().stream()
                .sorted(Comparator.comparingInt((ModelBuilds one) -> -urgency(one.model()))
                        .thenComparing(ModelBuilds::model))
                .toList();
        var chosen = models.stream()
                .filter(one -> one.model().value().equals(name))
                .findFirst()
                .or(() -> models.stream().findFirst());
        return new ModelBoard(
                models.stream()
                        .map(one -> new ModelBoard.Line(
                                one.model(),
                                one.settled(),
                                worst(one.model()),
                                gateways(one.model()),
                                chosen.filter(one::equals).isPresent()))
                        .toList(),
                chosen.map(one -> details.of(one, healthOf(one.model()), build)));
    }

    private List<ModelHealth> healthOf(ModelName model) {
        return health.stream().filter(one -> one.cohort().model().equals(model)).toList();
    }

    private Optional<Verdict> worst(ModelName model) {
        return healthOf(model).stream().map(ModelHealth::verdict).max(Comparator.comparingInt(Wording::urgency));
    }

    private int urgency(ModelName model) {
        return worst(model).map(Wording::urgency).orElse(0);
    }

    private int gateways(ModelName model) {
        return (int) state.inForce().stream()
                .filter((Assignment one) ->
                        one.streams().stream().anyMatch(stream -> stream.model().equals(model)))
                .count();
    }
}
