package io.plumbline.fleet.core.console.rollout;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.rollout.policy.Waves;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A wave on the progress board.
 *
 * @param number from 1
 * @param added how many gateways it tells
 * @param running how many of these run the candidate
 * @param total how many are told with it, those of the waves before included
 * @param state done, now or ahead; where the rollout is over, ended for the one that it came to and never for those after it
 * @param approval whether a person must approve it
 */
public record WaveCell(int number, int added, int running, int total, String state, boolean approval) {

    /**
     * @param reached index of the wave that was told last; -1 before the first
     * @param now what that wave's state is
     * @param running gateways that run the candidate
     */
    static List<WaveCell> of(Waves waves, int reached, String now, Set<GatewayId> running) {
        var cells = new ArrayList<WaveCell>();
        var later = now.equals("ended") ? "never" : "ahead";
        var before = 0;
        for (int i = 0; i < waves.targets().size(); i++) {
            int total = waves.targets().get(i);
            var state = i < reached ? "done" : i == reached ? now : later;
            var on = waves.order().subList(before, total).stream()
                    .filter(running::contains)
                    .count();
            cells.add(new WaveCell(
                    i + 1,
                    total - before,
                    (int) on,
                    total,
                    state,
                    waves.approvals().contains(i)));
            before = total;
        }
        return List.copyOf(cells);
    }

    /** Whether its gateways were told. */
    public boolean told() {
        return !state.equals("ahead") && !state.equals("never");
    }

    /** The state as people say it. */
    public String word() {
        return switch (state) {
            case "done" -> "proven";
            case "now" -> "under way";
            case "ended" -> "it ended here";
            case "never" -> "not told";
            default -> "to come";
        };
    }
}
