package io.plumbline.inference.card;

import io.plumbline.inference.card.ModelCard.Figure;
import io.plumbline.inference.card.ModelCard.Goal;
import io.plumbline.inference.card.ModelCard.Measure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code goal: {agreement: 0.98, measure: size}}. */
final class GoalParser {

    private static final double MOST_DECIBELS = 150;

    private GoalParser() {}

    static Optional<Goal> goalOf(CardNode card) throws CardException {
        var node = card.find("goal");
        return node.isPresent() ? Optional.of(goal(node.get())) : Optional.empty();
    }

    private static Goal goal(CardNode node) throws CardException {
        node.only("agreement", "cosine", "sqnr", "measure");
        var figures = Arrays.stream(Figure.values())
                .filter(figure -> node.find(word(figure)).isPresent())
                .toList();
        if (figures.size() != 1) {
            throw node.broken("must name one of agreement, cosine, sqnr");
        }
        var figure = figures.get(0);
        return new Goal(figure, least(node.get(word(figure)), figure), measure(node));
    }

    private static double least(CardNode node, Figure figure) throws CardException {
        var most = figure == Figure.SQNR ? MOST_DECIBELS : 1;
        if (!(node.number() > 0 && node.number() <= most)) {
            throw node.broken("must be greater than 0 and at most " + most);
        }
        return node.number();
    }

    /** Latency where nothing is said. */
    private static Measure measure(CardNode node) throws CardException {
        var named = node.find("measure");
        if (named.isEmpty()) {
            return Measure.LATENCY;
        }
        return named.get().worded(Measure.values());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
