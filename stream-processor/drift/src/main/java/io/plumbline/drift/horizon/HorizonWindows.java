package io.plumbline.drift.horizon;

import java.util.List;

/**
 * The windows of one horizon of one build on one site, and their sum.
 *
 * @param each in any order
 * @param sum of all; less than that where what broken sensors can have caused was taken out
 */
public record HorizonWindows(List<HorizonStats> each, HorizonStats sum) {

    public HorizonWindows {
        each = List.copyOf(each);
    }

    public static HorizonWindows of(List<HorizonStats> each) {
        return new HorizonWindows(each, each.stream().reduce(HorizonStats.NONE, HorizonStats::plus));
    }

    /** The same windows with another sum. */
    public HorizonWindows with(HorizonStats rest) {
        return new HorizonWindows(each, rest);
    }
}
