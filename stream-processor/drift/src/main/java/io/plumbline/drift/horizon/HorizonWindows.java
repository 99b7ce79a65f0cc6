package io.plumbline.drift.horizon;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of one horizon of one build on one site, and their sum.
 *
 * @param each in any order
 * @param sum of all; less than that where what broken sensors can have caused was taken out
 * @param earlier how sure the build was before the horizon, one row of {@link ConfidenceSketch#BINS} bins per stretch of time; empty
 *     where only the horizon is looked at
 */
public record HorizonWindows(List<HorizonStats> each, HorizonStats sum, List<Counts> earlier) {

    public HorizonWindows {
        each = List.copyOf(each);
        earlier = List.copyOf(earlier);
    }

    /** Of a horizon alone. */
    public static HorizonWindows of(List<HorizonStats> each) {
        return of(each, List.of());
    }

    public static HorizonWindows of(List<HorizonStats> each, List<Counts> earlier) {
        return new HorizonWindows(
                each,
                each.stream().reduce(HorizonStats.NONE, HorizonStats::plus).shortened(),
                earlier);
    }

    /** How sure the build was in each window of the horizon, and in each stretch before. */
    public List<Counts> answers() {
        var all = new ArrayList<>(earlier);
        each.stream().map(HorizonStats::answers).forEach(all::add);
        return all;
    }

    /** How sure the build was in all of that; less where what broken sensors can have caused was taken out. */
    public Counts allAnswers() {
        return earlier.stream().reduce(sum.answers(), Counts::plus);
    }
}
