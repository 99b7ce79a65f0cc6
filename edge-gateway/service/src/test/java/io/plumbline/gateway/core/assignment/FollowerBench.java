package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.slots.SlotStore;
import io.plumbline.gateway.core.slots.Slots;
import io.plumbline.gateway.core.slots.Trial;
import io.plumbline.gateway.testing.CountingSlots;
import io.plumbline.gateway.testing.FakeBuilds;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.MutableClock;
import io.plumbline.gateway.testing.RecordedStreams;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A follower with everything around it, and what it did to it. */
final class FollowerBench {

    final MutableClock clock = new MutableClock();
    final ControlPlane controlPlane = new ControlPlane();
    final Store store = new Store();
    final FakeBuilds builds = new FakeBuilds();
    final CountingSlots metrics = new CountingSlots();
    final RecordedStreams running = new RecordedStreams();
    final AssignmentFollower follower = follower();

    private AssignmentFollower follower() {
        return new AssignmentFollower(
                new Self(new GatewayId("gw-north"), new SiteId("north"), clock),
                controlPlane,
                new AssignmentFollower.Keeping(store, builds, metrics),
                running);
    }

    /** What a start after the end of the process finds: the disk, and nothing else. */
    AssignmentFollower restarted() throws Exception {
        running.clear();
        var next = follower();
        next.resume();
        return next;
    }

    void proveItself() throws Exception {
        clock.advance(Probation.LONG_ENOUGH);
        follower.step();
    }

    /** The first build has proved itself, the second is being tried. */
    void tryAfter(String good, String tried) throws Exception {
        controlPlane.assign(assignment(1, Motes.stream(good)));
        follower.step();
        proveItself();
        controlPlane.assign(assignment(2, Motes.stream(tried)));
        follower.step();
    }

    static Assignment assignment(long generation, StreamAssignment... streams) {
        return new Assignment(new GatewayId("gw-north"), new SiteId("north"), generation, List.of(streams));
    }

    static final class ControlPlane implements AssignmentSource {
        private Optional<Assignment> now = Optional.empty();
        boolean away;

        void assign(Assignment assignment) {
            now = Optional.of(assignment);
        }

        @Override
        public Optional<Assignment> next(long known, Duration wait) throws IOException {
            if (away) {
                throw new IOException("away");
            }
            return now.filter(assignment -> assignment.generation() != known);
        }
    }

    static final class Store implements SlotStore {
        private Slots kept = Slots.EMPTY;
        Optional<Digest> interruptedAfterTrying = Optional.empty();

        Optional<Long> good() {
            return kept.good().map(Assignment::generation);
        }

        @Override
        public void save(Slots slots) throws IOException {
            kept = slots;
            var tried = slots.trial().map(Trial::builds).orElse(List.of());
            if (interruptedAfterTrying.filter(tried::contains).isPresent()) {
                interruptedAfterTrying = Optional.empty();
                throw new ClosedByInterruptException();
            }
        }

        @Override
        public Slots load() {
            return kept;
        }
    }
}
