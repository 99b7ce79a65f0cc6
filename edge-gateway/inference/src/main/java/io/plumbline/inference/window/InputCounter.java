package io.plumbline.inference.window;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.image.ImageStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * Counts what a model was given, in the frozen bins of its reference: of each window the newest reading, of each image its figures, as the
 * statistics of a stream do. Confined to one thread.
 */
public final class InputCounter {

    private final List<FeatureCounter> features;
    private final Optional<ImageStatistics> images;
    /** Values of a reading. */
    private final int width;

    /** @param profile of inputs of this card */
    public InputCounter(ModelCard card, ReferenceProfile profile) {
        this.features = profile.features().stream().map(FeatureCounter::new).toList();
        this.images =
                card.input() instanceof ImageInput image ? Optional.of(new ImageStatistics(image)) : Optional.empty();
        this.width = images.isPresent() ? 0 : card.sensor().features().size();
    }

    /** @param input of the card's shape */
    public void add(Tensor input) {
        if (images.isPresent()) {
            var figures = images.get().of(input, 0);
            add(figures.length, i -> figures[i]);
        } else {
            add(width, i -> input.get(input.size() - width + i));
        }
    }

    private void add(int values, IntToDoubleFunction value) {
        for (int i = 0; i < Math.min(values, features.size()); i++) {
            features.get(i).add(value.applyAsDouble(i));
        }
    }

    /** In the order of the profile. */
    public List<FeatureSketch> sketches() {
        return features.stream().map(FeatureCounter::sketch).toList();
    }
}
