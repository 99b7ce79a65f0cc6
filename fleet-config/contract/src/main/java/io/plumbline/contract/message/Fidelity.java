package io.plumbline.contract.message;

import io.plumbline.contract.wire.ByName;
import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * INT8 against FP32 on the same inputs: additive counts from the sampled share of inputs that both ran on.
 *
 * @param classes one entry per FP32 answer seen
 * @param sumAbsoluteDelta sum over inputs of |p_int8 - p_fp32|, p the probability of the FP32 answer
 * @param clipping one entry per quantized activation, in graph order: the first is nearest to the input
 */
public record Fidelity(List<ClassAgreement> classes, double sumAbsoluteDelta, List<TensorClipping> clipping) {

    public static final Fidelity NONE = new Fidelity(List.of(), 0, List.of());

    public Fidelity {
        classes = List.copyOf(classes);
        clipping = List.copyOf(clipping);
        Require.that(sumAbsoluteDelta >= 0, "sumAbsoluteDelta " + sumAbsoluteDelta + " must not be negative");
    }

    /** Inputs that both ran on. */
    public long compared() {
        return classes.stream().mapToLong(ClassAgreement::compared).sum();
    }

    /** Inputs that both gave the same label. */
    public long agreed() {
        return classes.stream().mapToLong(ClassAgreement::agreed).sum();
    }

    public Fidelity plus(Fidelity other) {
        return new Fidelity(
                ByName.plus(classes, other.classes, ClassAgreement::label, ClassAgreement::plus),
                sumAbsoluteDelta + other.sumAbsoluteDelta,
                ByName.plus(clipping, other.clipping, TensorClipping::tensor, TensorClipping::plus));
    }

    /**
     * What was counted after the other, which is an earlier state of the same count; all of it where the other is none, since the count
     * began anew in between.
     */
    public Fidelity since(Fidelity earlier) {
        var grewFrom = sumAbsoluteDelta >= earlier.sumAbsoluteDelta
                && earlier.classes.stream().allMatch(before -> any(classes, own -> own.grewFrom(before)))
                && earlier.clipping.stream().allMatch(before -> any(clipping, own -> own.grewFrom(before)));
        if (!grewFrom) {
            return this;
        }
        return new Fidelity(
                classes.stream()
                        .map(own -> find(earlier.classes, own.label(), ClassAgreement::label)
                                .map(own::minus)
                                .orElse(own))
                        .filter(left -> left.compared() > 0)
                        .toList(),
                sumAbsoluteDelta - earlier.sumAbsoluteDelta,
                clipping.stream()
                        .map(own -> find(earlier.clipping, own.tensor(), TensorClipping::tensor)
                                .map(own::minus)
                                .orElse(own))
                        .filter(left -> left.windows() > 0)
                        .toList());
    }

    private static <T> boolean any(List<T> entries, Predicate<T> test) {
        return entries.stream().anyMatch(test);
    }

    private static <T> Optional<T> find(List<T> entries, String name, Function<T, String> names) {
        return entries.stream().filter(entry -> names.apply(entry).equals(name)).findFirst();
    }

    static void write(FieldWriter out, Fidelity value) {
        out.messages(1, value.classes, ClassAgreement::write);
        out.real(2, value.sumAbsoluteDelta);
        out.messages(3, value.clipping, TensorClipping::write);
    }

    static Fidelity read(FieldReader in) {
        var classes = new ArrayList<ClassAgreement>();
        var sum = 0.0;
        var clipping = new ArrayList<TensorClipping>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> classes.add(in.message("ClassAgreement", ClassAgreement::read));
                case 2 -> sum = in.real();
                case 3 -> clipping.add(in.message("TensorClipping", TensorClipping::read));
                default -> in.skip();
            }
        }
        return new Fidelity(classes, sum, clipping);
    }
}
