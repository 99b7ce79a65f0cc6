package io.plumbline.fleet.testing;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.Change;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.control.FleetStore;
import io.plumbline.fleet.core.enrolment.Invitation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store that can break down. */
public final class InMemoryFleetStore extends BreakableStore implements FleetStore {

    private final List<RolloutEvent> announcements = new ArrayList<>();
    private final Map<Digest, Invitation> invitations = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private ControlState state = ControlState.EMPTY;
    private int commits;

    @Override
    public ControlState load() {
        return state;
    }

    @Override
    public void commit(Change change) {
        take(() -> {
            commits++;
            state = change.after();
            change.steps().forEach(step -> announcements.add(step.event(Digest.of(step.encoded()))));
            change.steps().forEach(step -> known.add(step.after().plan().id()));
        });
    }

    @Override
    public void invite(Invitation invitation, Authorship by, Instant at) {
        take(() -> invitations.put(invitation.token(), invitation));
    }

    @Override
    public Optional<Invitation> invitation(Digest token) {
        return Optional.ofNullable(invitations.get(token));
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
}
