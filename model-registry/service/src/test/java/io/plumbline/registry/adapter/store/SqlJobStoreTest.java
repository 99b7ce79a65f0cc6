package io.plumbline.registry.adapter.store;

import static io.plumbline.registry.core.job.Fixtures.BOTH;
import static io.plumbline.registry.core.job.Fixtures.CANDIDATE;
import static io.plumbline.registry.core.job.Fixtures.G1;
import static io.plumbline.registry.core.job.Fixtures.G2;
import static io.plumbline.registry.core.job.Fixtures.NORTH;
import static io.plumbline.registry.core.job.Fixtures.T0;
import static io.plumbline.registry.core.job.Fixtures.histograms;
import static io.plumbline.registry.core.job.Fixtures.observed;
import static io.plumbline.registry.core.job.Fixtures.request;
import static io.plumbline.registry.core.job.Fixtures.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.QualityReport.Contribution;
import io.plumbline.contract.artifact.QualityReport.Coverage;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Json;
import io.plumbline.database.Database;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.database.Transaction;
import io.plumbline.registry.core.calibration.CalibrationQuality;
import io.plumbline.registry.core.job.Job;
import io.plumbline.registry.core.job.JobEvent;
import io.plumbline.registry.core.recalibration.Recalibration;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlJobStoreTest extends EitherDatabase {

    private static final ModelName MODEL = new ModelName("m");

    private static final List<InputHistogram> LIVE =
            List.of(new InputHistogram("humidity", List.of(40.0), new Counts(5, 5), new Counts(1, 9), 0));

    private static final List<Recalibration> LIFE = List.of(
            new Recalibration.Waiting(request("r-1", MODEL)),
            new Recalibration.Joined(request("r-1", MODEL), "r-0"),
            new Recalibration.Observing(
                    request("r-1", MODEL), BOTH, Map.of(), Map.of(), Optional.empty(), T0.plusNanos(123_456_789)),
            new Recalibration.Observing(
                    request("r-1", MODEL),
                    BOTH,
                    Map.of(G2, observed("r-1", MODEL, G2)),
                    Map.of(G1, "no"),
                    Optional.of(LIVE),
                    T0),
            new Recalibration.Building(
                    request("r-1", MODEL),
                    Map.of(G1, NORTH),
                    histograms(1.0 / 3),
                    Optional.of(List.of(new Contribution(G1, NORTH, 24))),
                    Optional.of(new CalibrationQuality(
                            List.of(new Coverage("humidity", 24, 1000, 1.0 / 3, 0.25)),
                            List.of(new LabelCount("normal", 24)))),
                    Map.of(G2, "odd"),
                    Optional.of("g1 is wide"),
                    T0),
            new Recalibration.Scoring(
                    request("r-1", MODEL),
                    List.of(CANDIDATE),
                    BOTH,
                    Map.of(G1, scores()),
                    Map.of(G2, "no"),
                    Map.of(G2, "odd"),
                    Optional.of("g1 is wide"),
                    T0),
            new Recalibration.Ended(
                    request("r-1", MODEL),
                    new RecalibrationEvent.Accepted(
                            "r-1", MODEL, request("r-1", MODEL).build(), CANDIDATE, "better", scores(), T0),
                    true));

    @Test
    void whatWasKeptBeforeContributionsAndTheWidestOfThemWereIsReadable() {
        var building = new Recalibration.Building(
                request("r-1", MODEL),
                Map.of(G1, NORTH),
                histograms(1),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                T0);
        var old = (ObjectNode) Json.decode(Json.encode(building), JsonNode.class);
        old.remove(List.of("contributions", "quality", "widest"));
        assertThat(Json.decode(Json.encode(old), Recalibration.class)).isEqualTo(building);
    }

    @Test
    void whatWasKeptBeforeLiveInputsWereIsReadable() {
        var observing =
                new Recalibration.Observing(request("r-1", MODEL), BOTH, Map.of(), Map.of(), Optional.empty(), T0);
        var old = (ObjectNode) Json.decode(Json.encode(observing), JsonNode.class);
        old.remove("live");
        assertThat(Json.decode(Json.encode(old), Recalibration.class)).isEqualTo(observing);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givesBackEveryStateAfterARestart(Kind kind) throws Exception {
        empty(kind).close();
        for (int i = 0; i < LIFE.size(); i++) {
            // Given
            var job = new Job(LIFE.get(i), false, T0, T0.plusSeconds(i));
            // When
            try (var database = open()) {
                new SqlJobStore(database)
                        .put(job, new JobEvent(job.changedAt(), job.step(), "step \u0000 " + i, Optional.of(G1)));
            }
            // Then
            try (var database = open()) {
                var store = new SqlJobStore(database);
                assertThat(store.unfinished()).containsExactly(job);
                assertThat(store.find("r-1")).contains(job);
                assertThat(store.history("r-1")).hasSize(i + 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void forgetsAnswersThatHaveLedFurtherAndKeepsTheOthers(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            var store = new SqlJobStore(database);
            for (var state : LIFE.subList(0, 5)) {
                var job = new Job(state, false, T0, T0);
                store.put(job, new JobEvent(T0, job.step(), "on", Optional.empty()));
            }
            assertThat(answers(database)).isEmpty();
            store.put(
                    new Job(LIFE.get(5), false, T0, T0),
                    new JobEvent(T0, new Job(LIFE.get(5), false, T0, T0).step(), "on", Optional.empty()));
            assertThat(answers(database)).containsExactly("SCORING g1");
        }
    }

    private static List<String> answers(Database database) {
        return Transaction.run(
                database.source(),
                tx -> tx.query(
                        "select step, gateway from recalibration_answer",
                        row -> row.getString(1) + " " + row.getString(2)));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aJobWhoseOutcomeWasToldIsFinishedAndStillListed(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var store = new SqlJobStore(database);
            for (var id : List.of("r-1", "r-2", "r-3")) {
                var job = new Job(new Recalibration.Waiting(request(id, MODEL)), false, T0, T0);
                store.put(job, new JobEvent(T0, job.step(), "requested", Optional.empty()));
            }
            // When
            store.told("r-2");
            // Then
            assertThat(store.unfinished()).extracting(Job::id).containsExactly("r-1", "r-3");
            assertThat(store.newest(2)).extracting(Job::id).containsExactly("r-3", "r-2");
            assertThat(store.find("r-2")).get().extracting(Job::told).isEqualTo(true);
            assertThat(store.find("another")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void writesAllOfAChangeOrNothing(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            assertThatThrownBy(() -> Transaction.run(database.source(), tx -> {
                        tx.update("insert into recalibration_event (job, content) values ('a', 'b')");
                        throw new SQLException("the power fails");
                    }))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("the power fails");
            assertThat(new SqlJobStore(database).history("a")).isEmpty();
        }
    }

    @Test
    void saysWhichDatabaseDoesNotOpen() {
        assertThatThrownBy(() -> Database.open(SqlJobStore.TABLES, "jdbc:postgresql://127.0.0.1:1/none", "a", "b"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none");
    }
}
