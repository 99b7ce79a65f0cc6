package io.plumbline.cli.demo;

import io.plumbline.cli.climate.Transformation;
import java.util.List;

/**
 * How each turn is provoked; docs/decisions/003 says why.
 *
 * @param number from 1
 */
record Turn(int number, Transformation transformation) {

    private static final List<Transformation> CLIMATES = List.of(
            Transformation.NONE,
            new Transformation("muggy summer", 20, 8),
            new Transformation("cold and dry store", -30, -8));

    static Turn of(int number) {
        return new Turn(number, CLIMATES.get((number - 1) % CLIMATES.size()));
    }
}
