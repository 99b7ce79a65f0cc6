package io.plumbline.contract.message;

import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;

/**
 * Of the inputs that FP32 gave this label, how many INT8 gave the same. Kept per label because rare events vanish in an
 * average. Of a detector it counts boxes: those that either found, and those that both found, overlapping by half at least
 * (intersection over union).
 *
 * @param label the FP32 answer
 * @param compared inputs that both ran on; boxes of a detector that either found
 * @param agreed how many of them got this label from INT8 too; boxes of a detector that both found
 */
public record ClassAgreement(String label, long compared, long agreed) {

    public ClassAgreement {
        Require.notEmpty("label", label);
        Require.notNegative("agreed", agreed);
        Require.that(agreed <= compared, "agreed " + agreed + " must not exceed compared " + compared);
    }

    /** Both counts added; the labels are the same by the caller's promise. */
    public ClassAgreement plus(ClassAgreement other) {
        return new ClassAgreement(label, compared + other.compared, agreed + other.agreed);
    }

    /** Whether this may be a later state of the same count. */
    boolean grewFrom(ClassAgreement earlier) {
        return label.equals(earlier.label)
                && agreed >= earlier.agreed
                && compared - agreed >= earlier.compared - earlier.agreed;
    }

    /** Both counts without those of an earlier state, which this {@link #grewFrom}. */
    ClassAgreement minus(ClassAgreement earlier) {
        return new ClassAgreement(label, compared - earlier.compared, agreed - earlier.agreed);
    }

    static void write(FieldWriter out, ClassAgreement value) {
        out.text(1, value.label);
        out.count(2, value.compared);
        out.count(3, value.agreed);
    }

    static ClassAgreement read(FieldReader in) {
        var label = "";
        long compared = 0;
        long agreed = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> label = in.text();
                case 2 -> compared = in.count();
                case 3 -> agreed = in.count();
                default -> in.skip();
            }
        }
        return new ClassAgreement(label, compared, agreed);
    }
}
