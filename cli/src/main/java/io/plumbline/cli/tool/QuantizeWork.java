package io.plumbline.cli.tool;

import io.plumbline.cli.lab.ModelFile;
import io.plumbline.cli.lab.ToolException;
import io.plumbline.quantizer.QuantizerRuntime;
import io.plumbline.quantizer.auto.AutoSearch;
import io.plumbline.quantizer.auto.Foundry;
import io.plumbline.quantizer.auto.Laboratory;
import io.plumbline.quantizer.auto.Outcome;
import io.plumbline.quantizer.auto.Recipe;
import io.plumbline.quantizer.auto.Trial;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;

/** From an FP32 file and the options to a build, or to the reason why there is none. */
final class QuantizeWork {

    private final ModelFile file;
    private final RecipeOptions options;
    private final QuantizerRuntime runtime;
    private final Laboratory laboratory;

    QuantizeWork(ModelFile file, RecipeOptions options, QuantizerRuntime runtime, Laboratory laboratory) {
        this.file = file;
        this.options = options;
        this.runtime = runtime;
        this.laboratory = laboratory;
    }

    /**
     * @param listener hears of every trial of a search as it ends
     * @throws ToolException if the one recipe that was asked for does not cover the model
     */
    Outcome run(Consumer<Trial> listener) throws ToolException {
        var source = file.digest().value();
        var foundry = new Foundry(file.parsed(), options.settings(source), runtime, laboratory);
        if (options.isAuto()) {
            var budget =
                    new AutoSearch.Budget(Clock.systemUTC(), Duration.ofSeconds(options.budgetSeconds()), listener);
            return new AutoSearch(foundry, laboratory, options.goal(), budget).search();
        }
        return one(foundry);
    }

    private Outcome.Made made(Foundry foundry, Recipe recipe, boolean reached, String because)
            throws UnsupportedGraphException {
        var model = foundry.make(recipe);
        var measured = laboratory.measure(model.model());
        return new Outcome.Made(model, new Trial(recipe, Optional.of(measured), reached, because));
    }

    private Outcome one(Foundry foundry) throws ToolException {
        var recipe = options.recipe();
        try {
            var trials = new ArrayList<Trial>();
            var because = "as asked for";
            if (options.isRecalibration()) {
                trials.add(made(foundry, Recipe.of(Recipe.Method.QAT_IMPORT), false, "its ranges as they were")
                        .trial());
                because =
                        "as asked for; FP32 stands for the build as it answers without rounding activations, which is slower"
                                + " than the model that it was made of";
            }
            var made = made(foundry, recipe, true, because);
            trials.add(made.trial());
            return new Outcome(Optional.of(made), Optional.empty(), trials, because);
        } catch (UnsupportedGraphException e) {
            throw new ToolException(file.path() + ", recipe " + recipe.words() + ": " + e.getMessage(), e);
        }
    }
}
