package io.plumbline.fleet.core.console.rollout;

import io.plumbline.fleet.core.console.Paging;
import java.util.List;

/**
 * The rollouts there were.
 *
 * @param lines those under way first, then the newest
 */
public record RolloutBoard(List<RolloutLine> lines, Paging pages) {

    public RolloutBoard {
        lines = List.copyOf(lines);
    }
}
