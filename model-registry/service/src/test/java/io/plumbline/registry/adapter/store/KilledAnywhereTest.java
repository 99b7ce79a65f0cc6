package io.plumbline.registry.adapter.store;

import static io.plumbline.registry.core.job.Fixtures.BOTH;
import static io.plumbline.registry.core.job.Fixtures.CANDIDATE;
import static io.plumbline.registry.core.job.Fixtures.T0;
import static io.plumbline.registry.core.job.Fixtures.heartbeat;
import static io.plumbline.registry.core.job.Fixtures.observed;
import static io.plumbline.registry.core.job.Fixtures.request;
import static io.plumbline.registry.core.job.Fixtures.scored;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.database.Database;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.job.Job;
import io.plumbline.registry.core.job.JobEvent;
import io.plumbline.registry.core.job.JobStep;
import io.plumbline.registry.core.job.JobStore;
import io.plumbline.registry.core.job.Pace;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.Surroundings;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Effect;
import io.plumbline.registry.core.recalibration.Gate;
import io.plumbline.registry.core.recalibration.GatePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A recalibration in a process that dies at the k-th thing it does to the world, for every k: before it, and right after it. What
 * the process had in memory is gone; the tables and the topics are what the next one begins with.
 */
class KilledAnywhereTest extends EitherDatabase {

    private enum Death {
        BEFORE,
        AFTER
    }

    /** Not an exception that the product would handle. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyJobEndsOnceWhereverTheProcessDies(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            var undisturbed = new World(database, "m-calm", Integer.MAX_VALUE, Death.BEFORE);
            undisturbed.run();
            assertThat(undisturbed.outcomes).hasSize(1);
            for (var death : Death.values()) {
                for (int k = 1; k <= undisturbed.done; k++) {
                    var world =
                            new World(database, "m-" + death.name().toLowerCase(java.util.Locale.ROOT) + k, k, death);
                    world.run();
                    world.check(undisturbed);
                }
            }
        }
    }

    /** Topics, gateways and the queue of builds around one registry that may die. */
    private static final class World {

        private final SqlJobStore tables;
        private final ModelName model;
        private final int dies;
        private final Death death;
        private final List<RecalibrationEvent> outcomes = new ArrayList<>();
        private final Set<Effect.Build> orders = new HashSet<>();
        private final Queue<CalibrationMessage> tasks = new ArrayDeque<>();
        private final Queue<Runnable> builds = new ArrayDeque<>();
        private Instant now = T0;
        private boolean requestRead;
        private int outcomesRead;
        private int done;
        private int starts;
        private @Nullable Recalibrations process;

        private World(Database database, String model, int dies, Death death) {
            this.tables = new SqlJobStore(database);
            this.model = new ModelName(model);
            this.dies = dies;
            this.death = death;
        }

        private String id() {
            return "r-" + model;
        }

        private void run() {
            for (int i = 0; i < 100 && !isOver(); i++) {
                try {
                    turn(process == null ? start() : process);
                } catch (Killed e) {
                    process = null;
                    builds.clear();
                }
                now = now.plusSeconds(1);
            }
        }

        private boolean isOver() {
            return requestRead && process != null && tables.unfinished().isEmpty();
        }

        private Recalibrations start() {
            starts++;
            var started = new Recalibrations(
                    new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofSeconds(15)),
                    Pace.DEFAULT,
                    new Mortal(),
                    new Surroundings(
                            task -> mortal(() -> tasks.add(task)),
                            outcome -> mortal(() -> outcomes.add(outcome)),
                            progress -> {},
                            order -> {
                                orders.add(order);
                                return List.of(CANDIDATE);
                            },
                            builds::add),
                    () -> now);
            process = started;
            BOTH.keySet().forEach(gateway -> started.heard(heartbeat(gateway, model)));
            started.listening();
            return started;
        }

        /** A topic's offset moves on only when the record was worked on. */
        private void turn(Recalibrations registry) {
            if (!requestRead) {
                registry.requested(request(id(), model));
                requestRead = true;
            }
            for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                for (var gateway : new TreeSet<>(BOTH.keySet())) {
                    registry.answered(answer(task, gateway));
                }
            }
            for (var build = builds.poll(); build != null; build = builds.poll()) {
                build.run();
            }
            while (outcomesRead < outcomes.size()) {
                registry.outcome(outcomes.get(outcomesRead));
                outcomesRead++;
            }
            registry.tick();
        }

        private CalibrationMessage answer(CalibrationMessage task, GatewayId gateway) {
            return task instanceof CalibrationMessage.Observe
                    ? observed(id(), model, gateway)
                    : scored(id(), model, gateway);
        }

        private void mortal(Runnable deed) {
            done++;
            if (done == dies && death == Death.BEFORE) {
                throw new Killed();
            }
            deed.run();
            if (done == dies) {
                throw new Killed();
            }
        }

        private void check(World undisturbed) {
            var where = "killed " + death + " deed " + dies;
            assertThat(starts).as(where).isEqualTo(2);
            assertThat(new HashSet<>(outcomes)).as(where).hasSize(1);
            assertThat(outcomes.size())
                    .as(where + ": the outcome may be told again, as it was")
                    .isBetween(1, 2);
            assertThat(outcomes.get(0)).as(where).isInstanceOf(RecalibrationEvent.Accepted.class);
            assertThat(((RecalibrationEvent.Accepted) outcomes.get(0)).scores())
                    .as(where)
                    .isEqualTo(((RecalibrationEvent.Accepted) undisturbed.outcomes.get(0)).scores());
            assertThat(orders).as(where + ": built again from the same order").hasSize(1);
            var job = tables.find(id()).orElseThrow();
            assertThat(job.step()).as(where).isEqualTo(JobStep.ACCEPTED);
            assertThat(job.told()).as(where).isTrue();
            assertThat(tables.history(id()))
                    .as(where)
                    .filteredOn(event -> event.step() == JobStep.ACCEPTED)
                    .hasSize(1);
        }

        /** The tables, through which the process acts on the world as well. */
        private final class Mortal implements JobStore {

            @Override
            public void put(Job job, JobEvent event) {
                mortal(() -> tables.put(job, event));
            }

            @Override
            public void told(String id) {
                mortal(() -> tables.told(id));
            }

            @Override
            public List<Job> unfinished() {
                return tables.unfinished();
            }

            @Override
            public Optional<Job> find(String id) {
                return tables.find(id);
            }

            @Override
            public List<Job> newest(int limit) {
                return tables.newest(limit);
            }

            @Override
            public List<Job> newest(ModelName of, int limit) {
                return tables.newest(of, limit);
            }

            @Override
            public List<JobEvent> history(String id) {
                return tables.history(id);
            }
        }
    }
}
