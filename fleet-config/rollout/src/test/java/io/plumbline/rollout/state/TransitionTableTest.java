package io.plumbline.rollout.state;

import static io.plumbline.rollout.Known.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.plumbline.contract.message.BuildStep;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.log.Cause;
import io.plumbline.rollout.log.Cause.Wish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every state that can be reached, and what every event does to it: the table is transitions.txt, and it has no default. */
class TransitionTableTest {

    private static final String NONE = "NONE";
    private static final String STAYS = "stays";
    private static final Pattern ROW = Pattern.compile(" +([A-Z_ ]+): ([A-Z_ ]+) -> ([A-Za-z_0-9 ]+)");
    private static final Pattern GROUP = Pattern.compile("([A-Z_]+) = ([A-Z_ ]+)");

    /** When it happens, seen from the moment in which the state was entered. */
    enum Moment {
        /** The clock of the control plane was set back by an hour. */
        EARLIER(Duration.ofHours(-1)),
        AT_ONCE(Duration.ZERO),
        /** Whatever has a deadline is late. */
        LATER(Duration.ofHours(1));

        private final Duration away;

        Moment(Duration away) {
            this.away = away;
        }
    }

    record Cell(String state, Moment moment, Happening event) {}

    private static final Map<Cell, String> TABLE = table();
    private static final Map<String, Optional<RolloutState>> REACHED = reached();

    /** Lines are "STATE", and below it "  MOMENT MOMENT: EVENT EVENT -> STATE"; a line "GROUP = EVENT EVENT" names events that go together. */
    private static Map<Cell, String> table() {
        try (var file = TransitionTableTest.class.getResourceAsStream("/transitions.txt")) {
            var cells = new LinkedHashMap<Cell, String>();
            var groups = new HashMap<String, List<String>>();
            var state = NONE;
            for (var line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                var row = ROW.matcher(line);
                var group = GROUP.matcher(line);
                if (row.matches()) {
                    for (var moment : row.group(1).split(" ")) {
                        for (var word : row.group(2).split(" ")) {
                            for (var event : groups.getOrDefault(word, List.of(word))) {
                                var cell = new Cell(state, Moment.valueOf(moment), Happening.valueOf(event));
                                assertThat(cells.put(cell, row.group(3)))
                                        .as(cell + " is there twice")
                                        .isNull();
                            }
                        }
                    }
                } else if (group.matches()) {
                    groups.put(group.group(1), List.of(group.group(2).split(" ")));
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    state = line;
                }
            }
            return cells;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every state, by its name, as it is entered first on the shortest way. */
    private static Map<String, Optional<RolloutState>> reached() {
        var all = new LinkedHashMap<String, Optional<RolloutState>>();
        all.put(NONE, Optional.empty());
        var open = new ArrayDeque<>(List.of(Optional.<RolloutState>empty()));
        while (!open.isEmpty()) {
            var state = open.remove();
            for (var moment : List.of(Moment.AT_ONCE, Moment.LATER)) {
                for (var event : Happening.values()) {
                    event.decides(state, at(state, moment)).ifPresent(decided -> {
                        var after = Optional.of(decided.after());
                        if (all.putIfAbsent(Happening.fullNameOf(decided.after()), after) == null) {
                            open.add(after);
                        }
                    });
                }
            }
        }
        return all;
    }

    private static Instant at(Optional<RolloutState> state, Moment moment) {
        return state.map(known -> known.step().at()).orElse(T0).plus(moment.away);
    }

    private static String outcome(Cell cell) {
        var before = REACHED.get(cell.state());
        return cell.event()
                .decides(before, at(before, cell.moment()))
                .map(decided -> Happening.fullNameOf(decided.after()))
                .filter(name -> !name.equals(cell.state()))
                .orElse(STAYS);
    }

    static List<Cell> everyCell() {
        return REACHED.keySet().stream()
                .flatMap(state -> Stream.of(Moment.values())
                        .flatMap(moment -> Stream.of(Happening.values()).map(event -> new Cell(state, moment, event))))
                .toList();
    }

    @Test
    void theTableNamesEveryReachableStateWithEveryEventAtEveryMomentAndNothingElse() {
        var missing = new TreeSet<String>();
        everyCell().stream().filter(cell -> !TABLE.containsKey(cell)).forEach(cell -> missing.add(cell.toString()));
        assertThat(missing).as("cells without a row").isEmpty();
        assertThat(TABLE).hasSize(everyCell().size());
        assertThat(REACHED)
                .containsKeys(TABLE.values().stream()
                        .filter(to -> !to.equals(STAYS))
                        .distinct()
                        .toArray(String[]::new));
    }

    @Test
    void everyEventLeadsWhereTheTableSaysFromEveryState() {
        var wrong = new TreeMap<String, String>();
        for (var cell : everyCell()) {
            // When
            var found = outcome(cell);
            // Then
            if (!found.equals(TABLE.get(cell))) {
                wrong.put(cell.toString(), "leads to " + found + ", the table says " + TABLE.get(cell));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyDecisionRaisesTheRevisionByOneAndSaysWhy() {
        for (var cell : everyCell()) {
            var before = REACHED.get(cell.state());
            cell.event().decides(before, at(before, cell.moment())).ifPresent(decided -> {
                var after = decided.after().step();
                assertThat(after.revision())
                        .as(cell.toString())
                        .isEqualTo(before.map(state -> state.step().revision()).orElse(0L) + 1);
                assertThat(after.because()).as(cell.toString()).isNotBlank();
                assertThat(decided.after().event().stage())
                        .isEqualTo(decided.after().stage());
            });
        }
    }

    @Test
    void everyStateTellsTheGatewaysThatItsNameSays() {
        REACHED.forEach((name, state) -> {
            var told = state.map(known -> known.withCandidate().size()).orElse(0);
            if (name.startsWith("READY")
                    || List.of(NONE, "PENDING_APPROVAL 1", "ABORTED", "ROLLED_BACK", "ROLLING_BACK")
                            .contains(name)) {
                assertThat(told).as(name).isZero();
            } else if (name.equals("COMPLETED") || name.contains("ING 2")) {
                assertThat(told).as(name).isEqualTo(2);
            } else {
                assertThat(told).as(name).isOne();
            }
        });
    }

    @Test
    void everyKindOfStateStandingStepDeviceStateWishAndCauseIsInTheTable() {
        // Given
        var events = Stream.of(Happening.values()).toList();
        // Then
        assertThat(REACHED.values().stream()
                        .flatMap(Optional::stream)
                        .map(Object::getClass)
                        .distinct())
                .as("states")
                .containsExactlyInAnyOrderElementsOf(Stream.of(RolloutState.class
                                .getAnnotation(JsonSubTypes.class)
                                .value())
                        .<Class<?>>map(JsonSubTypes.Type::value)
                        .toList());
        assertThat(REACHED.values().stream().flatMap(Optional::stream).map(RolloutState::stage))
                .contains(RolloutStage.values());
        assertThat(events.stream().flatMap(event -> event.standing().stream())).contains(Standing.values());
        assertThat(events.stream().flatMap(event -> event.step().stream())).contains(BuildStep.values());
        assertThat(events.stream()
                        .map(event -> event.cause().getClass().getName())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Cause.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
        assertThat(events.stream()
                        .map(Happening::cause)
                        .filter(Cause.Asked.class::isInstance)
                        .map(cause -> ((Cause.Asked) cause).wish()))
                .contains(Wish.values());
    }

    @Test
    void everyDeviceStateIsJudgedInEveryStateThatHasToldGateways() {
        // Given
        var seen = new TreeMap<String, EnumSet<DeviceState>>();
        for (var cell : everyCell()) {
            var before = REACHED.get(cell.state());
            if (before.flatMap(RolloutState::progress).isEmpty()) {
                continue;
            }
            // When
            var situation = cell.event().situation(before, at(before, cell.moment()));
            var tally = before.flatMap(RolloutState::active).orElseThrow().devices(situation);
            // Then
            for (var state : DeviceState.values()) {
                if (tally.count(state) > 0) {
                    seen.computeIfAbsent(cell.state(), name -> EnumSet.noneOf(DeviceState.class))
                            .add(state);
                }
            }
        }
        assertThat(seen)
                .isNotEmpty()
                .allSatisfy(
                        (name, states) -> assertThat(states).as(name).containsExactlyInAnyOrder(DeviceState.values()));
    }
}
