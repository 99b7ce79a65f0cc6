package io.plumbline.fleet.adapter.kafka;

import io.plumbline.contract.Topics;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.fleet.adapter.kafka.KeptTopics.Entry;
import io.plumbline.fleet.adapter.store.SqlHistory;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.rollout.state.RolloutState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes topics say what the store says, whatever they say now and however that came: it reads them to their ends at the start, every
 * minute and after everything that failed, and publishes the difference.
 *
 * <ul>
 *   <li>Assignments, compacted: the newest of every gateway, and a tombstone for whom the store does not know.
 *   <li>Rollouts, a log: the newest event of each that is under way, or was a day ago. What is missing is announced once more.
 * </ul>
 *
 * <p>For one thread.
 */
public final class Reconciler {

    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration RECENT = Duration.ofDays(1);

    private final Supplier<ControlState> state;
    private final KeptTopics topics;
    private final SqlHistory history;
    private final Clock clock;
    private final Map<GatewayId, Written> written = new HashMap<>();
    private final Map<String, Digest> there = new HashMap<>();
    private @Nullable Map<GatewayId, Assignment> settled;
    private Instant lookAt = Instant.MIN;
    private boolean silent;

    /** What an assignment is in the topic; kept, since most of them stay what they are. */
    private record Written(Assignment assignment, Digest digest) {}

    /** @param state what the store holds */
    public Reconciler(Supplier<ControlState> state, KeptTopics topics, SqlHistory history, Clock clock) {
        this.state = state;
        this.topics = topics;
        this.history = history;
        this.clock = clock;
    }

    /** Publishes what is different. What fails is tried again from a fresh look, some seconds later. */
    public void reconcile() {
        var now = clock.instant();
        try {
            if (!now.isBefore(lookAt)) {
                settled = null;
                lookAt = now.plus(PAUSE);
                look();
                lookAt = now.plus(LOOK_AGAIN);
                silent = false;
            } else if (silent) {
                return;
            }
            var wanted = state.get().assigned();
            if (!wanted.equals(settled)) {
                publish(wanted);
                settled = wanted;
            }
        } catch (RuntimeException e) {
            if (!silent) {
                LOG.warnf("topics not compared with the store, tried again every %s reason=%s", PAUSE, e);
            }
            silent = true;
            lookAt = now.plus(PAUSE);
        }
    }

    private void look() {
        there.clear();
        topics.read(
                Topics.ASSIGNMENTS,
                (gateway, value) ->
                        value.ifPresentOrElse(text -> there.put(gateway, digest(text)), () -> there.remove(gateway)));
        // What is on its way while the topic is read is not lost.
        var announced = state.get().rollouts().values().stream()
                .filter(this::isRecent)
                .filter(one -> history.isAnnounced(one.plan().id(), one.step().revision()))
                .toList();
        var told = new HashSet<String>();
        topics.read(
                Topics.ROLLOUTS,
                (model, value) -> value.flatMap(Reconciler::name).ifPresent(told::add));
        announced.stream()
                .filter(one -> !told.contains(name(one.plan().id(), one.step().revision())))
                .forEach(one -> history.lost(one.plan().id(), one.step().revision()));
    }

    private void publish(Map<GatewayId, Assignment> wanted) {
        var entries = new ArrayList<Entry>();
        var strangers = new HashSet<>(there.keySet());
        wanted.forEach((gateway, assignment) -> {
            strangers.remove(gateway.value());
            if (!digest(assignment).equals(there.get(gateway.value()))) {
                entries.add(new Entry(gateway.value(), Optional.of(text(assignment))));
            }
        });
        strangers.forEach(stranger -> entries.add(new Entry(stranger, Optional.empty())));
        write(entries);
    }

    private void write(List<Entry> entries) {
        if (!entries.isEmpty()) {
            topics.publishAssignments(entries);
            entries.forEach(entry -> entry.value()
                    .ifPresentOrElse(text -> there.put(entry.key(), digest(text)), () -> there.remove(entry.key())));
            LOG.debugf("assignments published count=%d", entries.size());
        }
    }

    private Digest digest(Assignment assignment) {
        var known = written.get(assignment.gateway());
        if (known == null || !known.assignment().equals(assignment)) {
            known = new Written(assignment, digest(text(assignment)));
            written.put(assignment.gateway(), known);
        }
        return known.digest();
    }

    private static String text(Assignment assignment) {
        return new String(Json.encode(assignment), StandardCharsets.UTF_8);
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isRecent(RolloutState rollout) {
        return rollout.active().isPresent()
                || rollout.step().at().isAfter(clock.instant().minus(RECENT));
    }

    private static Optional<String> name(String text) {
        try {
            var event = Json.decode(text.getBytes(StandardCharsets.UTF_8), RolloutEvent.class);
            return Optional.of(name(event.rollout(), event.revision()));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private static String name(String rollout, long revision) {
        return rollout + ":" + revision;
    }
}
