package io.plumbline.fleet.testing;

import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.fleet.core.control.Change;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.control.FleetStore;
import io.plumbline.fleet.core.control.StoreUnavailableException;
import io.plumbline.fleet.core.rollout.RolloutState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A store that can break down. */
public final class InMemoryFleetStore implements FleetStore {

    private final List<RolloutEvent> announcements = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private ControlState state = ControlState.EMPTY;
    private int commits;
    private boolean broken;
    private boolean takes;

    @Override
    public ControlState load() {
        return state;
    }

    @Override
    public void commit(Change change) {
        if (!broken || takes) {
            commits++;
            state = change.after();
            change.steps().stream().map(RolloutState::event).forEach(announcements::add);
            change.steps().forEach(step -> known.add(step.plan().id()));
        }
        if (broken) {
            throw new StoreUnavailableException("broken down");
        }
    }

    @Override
    public boolean knowsRollout(String id) {
        return known.contains(id);
    }

    public List<RolloutEvent> announcements() {
        return List.copyOf(announcements);
    }

    public int commits() {
        return commits;
    }

    public void breakDown() {
        broken = true;
    }

    /** The next change is taken, and the connection breaks before the answer. */
    public void breakDownAfterTaking() {
        broken = true;
        takes = true;
    }

    public void repair() {
        broken = false;
        takes = false;
    }
}
