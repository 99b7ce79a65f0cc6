package io.plumbline.gateway.core.slots;

import io.plumbline.contract.id.Digest;
import java.util.List;

/**
 * Builds that have not proved themselves yet. Found at a start, it means that the process ended while it tried them.
 *
 * @param builds being loaded, or running without having proved themselves
 * @param starts how often the process has started to try them, from 1
 * @param paused the process was stopped in an orderly way: nothing is held against the builds
 */
public record Trial(List<Digest> builds, int starts, boolean paused) {

    public Trial {
        builds = List.copyOf(builds);
    }

    Trial with(Digest build) {
        if (builds.contains(build)) {
            return new Trial(builds, starts, false);
        }
        var more = new java.util.ArrayList<>(builds);
        more.add(build);
        return new Trial(more, starts, false);
    }

    Trial without(Digest build) {
        return new Trial(builds.stream().filter(one -> !one.equals(build)).toList(), starts, paused);
    }
}
