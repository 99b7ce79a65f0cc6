package io.plumbline.fleet.adapter.kafka;

import io.plumbline.contract.Topics;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.ModelPolicy;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.fleet.adapter.store.SqlHistory;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.rollout.state.RolloutState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 *   <li>Policies, compacted: what the file in force says of how each model is judged.
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
    private final KeptTable assignments;
    private final KeptTable policies;
    private @Nullable Map<GatewayId, Assignment> settled;
    private @Nullable List<ModelPolicy> settledPolicies;
    private Instant lookAt = Instant.MIN;
    private boolean silent;

    /** What an assignment is in the topic; kept, since most of them stay what they are. */
    private record Written(Assignment assignment, Digest digest) {}

    /** @param state what the store holds */
    public Reconciler(Supplier<ControlState> state, KeptTopics topics, SqlHistory history, Clock clock) {
        this.state = state;
        this.topics = topics;
        this.assignments = new KeptTable(topics, Topics.ASSIGNMENTS);
        this.policies = new KeptTable(topics, Topics.POLICIES);
        this.history = history;
        this.clock = clock;
    }

    /** Publishes what is different. What fails is tried again from a fresh look, some seconds later. */
    public void reconcile() {
        var now = clock.instant();
        try {
            if (!now.isBefore(lookAt)) {
                settled = null;
                settledPolicies = null;
                lookAt = now.plus(PAUSE);
                look();
                lookAt = now.plus(LOOK_AGAIN);
                silent = false;
            } else if (silent) {
                return;
            }
            settle(state.get());
        } catch (RuntimeException e) {
            if (!silent) {
                LOG.warnf("topics-not-compared with the store retryMillis=%d reason=%s", PAUSE.toMillis(), e);
            }
            silent = true;
            lookAt = now.plus(PAUSE);
        }
    }

    private void settle(ControlState now) {
        var wanted = now.assigned();
        if (!wanted.equals(settled)) {
            publish(wanted);
            settled = wanted;
        }
        var judged = now.version().map(version -> version.spec().policies()).orElse(List.of());
        if (!judged.equals(settledPolicies)) {
            publish(judged);
            settledPolicies = judged;
        }
    }

    private void look() {
        assignments.look();
        policies.look();
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
        var digests = new HashMap<String, Digest>();
        wanted.forEach((gateway, assignment) -> digests.put(gateway.value(), digest(assignment)));
        assignments.make(digests, gateway -> text(Objects.requireNonNull(wanted.get(new GatewayId(gateway)))));
    }

    private void publish(List<ModelPolicy> wanted) {
        var texts = new HashMap<String, String>();
        wanted.forEach(policy -> texts.put(policy.model().value(), text(policy)));
        var digests = new HashMap<String, Digest>();
        texts.forEach((model, text) -> digests.put(model, KeptTable.digest(text)));
        policies.make(digests, model -> Objects.requireNonNull(texts.get(model)));
    }

    private Digest digest(Assignment assignment) {
        var known = written.get(assignment.gateway());
        if (known == null || !known.assignment().equals(assignment)) {
            known = new Written(assignment, KeptTable.digest(text(assignment)));
            written.put(assignment.gateway(), known);
        }
        return known.digest();
    }

    private static String text(Object record) {
        return new String(Json.encode(record), StandardCharsets.UTF_8);
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
