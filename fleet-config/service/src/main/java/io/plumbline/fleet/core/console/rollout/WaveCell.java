package io.plumbline.fleet.core.console.rollout;

import io.plumbline.rollout.policy.Waves;
import java.util.ArrayList;
import java.util.List;

/**
 * A wave on the progress board.
 *
 * @param number from 1
 * @param added how many gateways it tells
 * @param total how many are told with it, those of the waves before included
 * @param state done, now or ahead
 * @param approval whether a person must approve it
 */
public record WaveCell(int number, int added, int total, String state, boolean approval) {

    /** @param reached index of the wave that was told last; -1 before the first */
    static List<WaveCell> of(Waves waves, int reached) {
        var cells = new ArrayList<WaveCell>();
        var before = 0;
        for (int i = 0; i < waves.targets().size(); i++) {
            int total = waves.targets().get(i);
            var state = i < reached ? "done" : i == reached ? "now" : "ahead";
            cells.add(new WaveCell(
                    i + 1, total - before, total, state, waves.approvals().contains(i)));
            before = total;
        }
        return List.copyOf(cells);
    }

    /** The state as people say it. */
    public String word() {
        return switch (state) {
            case "done" -> "proven";
            case "now" -> "under way";
            default -> "to come";
        };
    }
}
