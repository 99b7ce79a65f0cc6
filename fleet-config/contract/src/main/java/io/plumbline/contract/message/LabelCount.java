package io.plumbline.contract.message;

import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;

/** How often a label was the answer. */
public record LabelCount(String label, long count) {

    public LabelCount {
        Require.notEmpty("label", label);
        Require.notNegative("count", count);
    }

    /** Both counts added; the labels are the same by the caller's promise. */
    public LabelCount plus(LabelCount other) {
        return new LabelCount(label, count + other.count);
    }

    static void write(FieldWriter out, LabelCount value) {
        out.text(1, value.label);
        out.count(2, value.count);
    }

    static LabelCount read(FieldReader in) {
        var label = "";
        long count = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> label = in.text();
                case 2 -> count = in.count();
                default -> in.skip();
            }
        }
        return new LabelCount(label, count);
    }
}
