package io.plumbline.inference.card;

import io.plumbline.inference.card.ImageInput.Channels;
import io.plumbline.inference.card.ImageInput.Fit;
import io.plumbline.inference.card.ImageInput.Interpolation;
import io.plumbline.inference.card.ImageInput.Layout;
import io.plumbline.inference.card.ImageInput.Resize;
import io.plumbline.inference.card.ImageInput.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads {@code input.image}. */
record ImageParser(CardNode image) {

    private static final int LARGEST = 8192;
    /** What YOLO models are trained with. */
    private static final int GREY = 114;

    ImageInput parse(String tensor) throws CardException {
        image.only("width", "height", "channels", "layout", "resize", "interpolation", "pad", "mean", "scale", "std");
        var channels = image.get("channels").named(Channels.values());
        var size = new Size(
                image.get("width").positiveInt(LARGEST), image.get("height").positiveInt(LARGEST));
        var layout = image.get("layout").named(Layout.values());
        return new ImageInput(tensor, size, channels, layout, fit(), mean(channels), scale(channels));
    }

    private Fit fit() throws CardException {
        var pad = image.find("pad");
        return new Fit(
                image.get("resize").worded(Resize.values()),
                image.get("interpolation").worded(Interpolation.values()),
                pad.isPresent() ? pad.get().wholeFrom0To(255) : GREY);
    }

    private List<Double> mean(Channels channels) throws CardException {
        var mean = image.find("mean");
        return mean.isPresent() ? numbers(mean.get(), channels) : Collections.nCopies(channels.count(), 0.0);
    }

    private List<Double> scale(Channels channels) throws CardException {
        var std = image.find("std");
        var given = std.isPresent() ? std.get() : image.get("scale");
        if (std.isPresent() && image.find("scale").isPresent()) {
            throw given.broken("must not be given beside scale: scale is 1 / std");
        }
        var factors = new ArrayList<Double>();
        for (double number : numbers(given, channels)) {
            var factor = std.isPresent() ? 1 / number : number;
            if (factor == 0 || !Double.isFinite(factor)) {
                throw given.broken("must not hold 0");
            }
            factors.add(factor);
        }
        return factors;
    }

    private static List<Double> numbers(CardNode node, Channels channels) throws CardException {
        var numbers = new ArrayList<Double>();
        for (var one : node.list()) {
            numbers.add(one.number());
        }
        if (numbers.size() != channels.count()) {
            throw node.broken("must have " + channels.count() + " numbers, one for each channel of " + channels);
        }
        return numbers;
    }
}
