package io.plumbline.contract.message;

import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;

/**
 * A classification.
 *
 * @param label the class, as the model card names it
 * @param score the model's probability of that class, in [0, 1]
 */
public record Prediction(String label, double score) {

    public Prediction {
        Require.notEmpty("label", label);
        Require.ratio("score", score);
    }

    static void write(FieldWriter out, Prediction prediction) {
        out.text(1, prediction.label);
        out.real(2, prediction.score);
    }

    static Prediction read(FieldReader in) {
        var label = "";
        var score = 0.0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> label = in.text();
                case 2 -> score = in.real();
                default -> in.skip();
            }
        }
        return new Prediction(label, score);
    }
}
