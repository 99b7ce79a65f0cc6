package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.gateway.core.build.Candidate;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.SmallGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RehearsalPathTest {

    private static final Rehearsal FIVE = new Rehearsal(5, 1, Duration.ofMinutes(10));

    private final SmallGateway gateway = new SmallGateway();
    private final Candidate candidate = new Candidate(FakeModel.build("new"), FIVE, Motes.START);

    @BeforeEach
    void start() throws InterruptedException {
        gateway.activate(List.of(Motes.stream("good")));
    }

    @AfterEach
    void stop() throws InterruptedException {
        gateway.close();
    }

    @Test
    void theCandidateAnswersWhatTheRunningBuildAnswersAndNothingOfItIsPublished() throws Exception {
        // Given
        assertThat(gateway.rehearse(Motes.CLIMATE, candidate)).isTrue();

        // When: windows are of sixteen readings
        send(0, 40);

        // Then
        await().untilAsserted(() -> assertThat(candidate.outcome(Motes.START)).isEqualTo(Candidate.Outcome.PASSED));
        assertThat(candidate.isListening()).isFalse();
        assertThat(gateway.answers())
                .allSatisfy(answer -> assertThat(answer.build()).isEqualTo(FakeModel.digest("good")));
    }

    @Test
    void endedItIsShownNothingMore() throws Exception {
        // Given
        gateway.rehearse(Motes.CLIMATE, candidate);
        gateway.endRehearsal(Motes.CLIMATE);

        // When
        send(0, 40);

        // Then
        await().untilAsserted(() -> assertThat(gateway.answers()).hasSize(40));
        assertThat(candidate.outcome(Instant.MAX)).isEqualTo(Candidate.Outcome.FAILED);
        assertThat(candidate.because()).startsWith("only 0 of 5 inputs");
    }

    @Test
    void nothingIsRehearsedBesideNothing() throws Exception {
        assertThat(gateway.rehearse(Motes.COMFORT, candidate)).isFalse();
    }

    private void send(int first, int count) throws InterruptedException {
        for (int i = first; i < first + count; i++) {
            var reading = Motes.reading("north-1", i, 40, 20);
            gateway.inbox()
                    .put(new Incoming(
                            reading.topic(),
                            reading.payload(),
                            new Incoming.Delivery(i + 1, 0, Motes.START, () -> {})));
        }
    }
}
