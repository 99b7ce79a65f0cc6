package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.fleet.Frames;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.frame.FrameDecoder;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.CountingMetrics;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.SmallGateway;
import io.plumbline.gateway.testing.TinyDetector;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FramePathTest {

    private static final StatsRules RULES = new StatsRules(Duration.ofSeconds(30), Duration.ofMillis(500), 64);
    private static final byte[] WHITE = TinyDetector.picture("png", Color.WHITE);
    private static final byte[] BLACK = TinyDetector.picture("jpg", Color.BLACK);

    private final Self self = new Self(new GatewayId("gw-north"), new SiteId("north"), Clock.systemUTC());
    private final CountingMetrics metrics = new CountingMetrics();
    private final GatewayMemory memory = new GatewayMemory(RULES, self.clock(), Duration.ofHours(1));
    private final Pipeline pipeline = pipeline(memory);
    private final Build build = TinyDetector.build();
    private final List<OutboxRecord> records = new ArrayList<>();

    private Pipeline pipeline(GatewayMemory remembered) {
        return SmallGateway.pipeline(self, remembered, metrics, System::nanoTime);
    }

    @AfterEach
    void close() {
        build.model().close();
    }

    private void start(Pipeline on, Frames frames) {
        on.activate(
                TinyDetector.stream(frames), build, new GatewayEvent.Started(self.gateway(), self.site(), Motes.START));
        on.takeRecords();
    }

    private void handle(Incoming... messages) {
        pipeline.handle(List.of(messages));
        records.addAll(pipeline.takeRecords());
    }

    private List<InferenceResult> results() {
        return records.stream()
                .filter(record -> record.kind() == RecordKind.RESULT)
                .map(record -> InferenceResult.from(record.value()))
                .toList();
    }

    private List<DeadLetter> letters() {
        return records.stream()
                .filter(record -> record.kind() == RecordKind.DEAD_LETTER)
                .map(record -> DeadLetter.from(record.headers()))
                .toList();
    }

    @Test
    void answersEachFrameWithWhatItShows() {
        // Given
        start(pipeline, Frames.EVERY);

        // When
        handle(TinyDetector.frame("cam-1", 0, WHITE), TinyDetector.frame("cam-1", 1, BLACK));

        // Then
        var seen = results().get(0).frame().orElseThrow();
        assertThat(results().get(0).eventTime()).isEqualTo(Motes.START);
        assertThat(seen.width()).isEqualTo(32);
        assertThat(seen.height()).isEqualTo(24);
        assertThat(seen.bytes()).isEqualTo(WHITE.length);
        assertThat(seen.found()).hasSize(1);
        assertThat(seen.found().get(0).label()).isEqualTo("thing");
        assertThat(seen.found().get(0).score()).isCloseTo(1, within(1e-6));
        var box = seen.found().get(0).box();
        assertThat(box.x1()).isCloseTo(Math.tanh(1) - 0.5 / (1 + Math.exp(-1)), within(1e-6));
        assertThat(box.x2()).isEqualTo(1);
        assertThat(results().get(1).frame().orElseThrow().found()).isEmpty();
        assertThat(results().get(1).frame().orElseThrow().failed()).isFalse();
    }

    @Test
    void keepsFramesForCalibrationInMemoryAloneAndInTwoHalves() {
        // Given
        start(pipeline, Frames.EVERY);

        // When: a white frame and a black one in every minute, its second half
        for (int minute = 0; minute < 6; minute++) {
            handle(TinyDetector.frame("cam-1", 60 * minute + 45, minute % 2 == 0 ? WHITE : BLACK));
        }

        // Then
        var halves = pipeline.reservoirs().of(TinyDetector.MODEL);
        var calibration = halves.calibration().stream().map(one -> one.get(0)).distinct();
        var holdout = halves.holdout().stream().map(one -> one.get(0)).distinct();
        assertThat(halves.calibration()).hasSize(3);
        assertThat(halves.holdout()).hasSize(3);
        assertThat(Stream.concat(calibration, holdout)).hasSize(2);
        assertThat(pipeline.reservoirs().isWorthSaving()).isFalse();
    }

    @Test
    void refusesWhatIsNoFrameWithItsReasonAndGoesOn() {
        // Given
        start(pipeline, Frames.EVERY);
        var untimed = new Incoming(
                "sites/north/cameras/cam-1/frame", WHITE, Motes.delivery(9, 0), Map.of("time", "yesterday"));

        // When
        handle(
                TinyDetector.frame("cam-1", 0, "{}".getBytes(StandardCharsets.UTF_8)),
                TinyDetector.frame("cam-1", 1, Arrays.copyOf(BLACK, BLACK.length / 2)),
                TinyDetector.frame("cam-1", 2, new byte[FrameDecoder.MAX_BYTES + 1]),
                TinyDetector.frame("cam-9", 3, WHITE),
                untimed,
                TinyDetector.frame("cam-1", 4, WHITE));

        // Then
        assertThat(letters())
                .extracting(DeadLetter::reason)
                .containsExactly(
                        DeadLetterReason.NOT_AN_IMAGE,
                        DeadLetterReason.IMAGE_TRUNCATED,
                        DeadLetterReason.TOO_LARGE,
                        DeadLetterReason.UNKNOWN_DEVICE,
                        DeadLetterReason.MALFORMED);
        assertThat(results()).hasSize(1);
        assertThat(memory.counters().view(0).received()).isEqualTo(6);
    }

    @Test
    void knowsAFrameThatComesAgainByItsTimeOrByItsContent() {
        // Given
        start(pipeline, Frames.EVERY);
        var plain = new Incoming("sites/north/cameras/cam-1/frame", WHITE, Motes.delivery(9, 0));

        // When
        handle(TinyDetector.frame("cam-1", 0, WHITE), TinyDetector.frame("cam-1", 0, WHITE), plain, plain);

        // Then
        assertThat(results()).hasSize(2);
        assertThat(memory.counters().view(0).redelivered()).isEqualTo(2);
    }

    @Test
    void aKnownFrameIsNotDecodedAgain() {
        // Given
        start(pipeline, Frames.EVERY);
        handle(TinyDetector.frame("cam-1", 0, WHITE));

        // When: decoded, it would be refused
        handle(TinyDetector.frame("cam-1", 0, Arrays.copyOf(WHITE, WHITE.length / 2)));

        // Then
        assertThat(letters()).isEmpty();
        assertThat(memory.counters().view(0).redelivered()).isEqualTo(1);
    }

    @Test
    void answersTheNewestOfEachCameraAndCountsTheOthersInIt() {
        // Given
        start(pipeline, Frames.LATEST);

        // When
        handle(
                TinyDetector.frame("cam-1", 0, WHITE),
                TinyDetector.frame("cam-2", 0, WHITE),
                TinyDetector.frame("cam-1", 1, WHITE),
                TinyDetector.frame("cam-1", 1, WHITE),
                TinyDetector.frame("cam-1", 2, WHITE),
                TinyDetector.frame("cam-1", 3, new byte[0]));

        // Then
        assertThat(results())
                .extracting(
                        one -> one.device().value(),
                        one -> one.eventTime().getEpochSecond() - Motes.START.getEpochSecond(),
                        one -> one.frame().orElseThrow().dropped())
                .containsExactly(tuple("cam-1", 2L, 2L), tuple("cam-2", 0L, 0L));
        assertThat(letters()).extracting(DeadLetter::reason).containsExactly(DeadLetterReason.NOT_AN_IMAGE);
        var counters = memory.counters().view(0);
        assertThat(counters.dropped()).contains(2L);
        assertThat(counters.redelivered()).isEqualTo(1);
        assertThat(counters.received()).isEqualTo(6);
        assertThat(metrics.count("dropped")).isEqualTo(2);
    }

    @Test
    void afterACrashDroppedFramesAreStillCountedAndStillKnown() {
        // Given
        start(pipeline, Frames.LATEST);
        handle(
                TinyDetector.frame("cam-1", 0, WHITE),
                TinyDetector.frame("cam-1", 1, WHITE),
                TinyDetector.frame("cam-1", 2, WHITE));
        var again = new GatewayMemory(RULES, self.clock(), Duration.ofHours(1));

        // When
        records.forEach(record -> again.apply(
                OutboxRecord.from(record.toBytes()),
                (model, digest) -> Optional.of(TinyDetector.known()),
                (result, input, window) -> {}));

        // Then
        assertThat(again.counters().view(0)).isEqualTo(memory.counters().view(0));
        var restored = new GatewayMemory(RULES, self.clock(), Duration.ofHours(1));
        restored.restore(again.toBytes());
        assertThat(restored.counters().view(0)).isEqualTo(memory.counters().view(0));
        var second = pipeline(restored);
        start(second, Frames.LATEST);
        second.handle(List.of(TinyDetector.frame("cam-1", 0, WHITE), TinyDetector.frame("cam-1", 1, WHITE)));
        assertThat(second.takeRecords()).isEmpty();
        assertThat(restored.counters().view(0).redelivered()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Frames.class)
    void framesDecodedAheadAreAnsweredAsOthers(Frames wanted) {
        // Given
        var decoder = Executors.newSingleThreadExecutor();
        var ahead = pipeline(new GatewayMemory(RULES, self.clock(), Duration.ofHours(1)));
        ahead.decodeAhead(decoder);
        start(ahead, wanted);
        start(pipeline, wanted);
        try {
            for (int batch = 0; batch < 10; batch++) {
                var messages = mixed(60 * batch);

                // When
                pipeline.handle(messages);
                ahead.handle(messages);

                // Then
                assertThat(told(ahead)).isEqualTo(told(pipeline)).isNotEmpty();
            }
        } finally {
            decoder.shutdownNow();
        }
    }

    /** Frames of two cameras and of none: white, black, broken, and again. */
    private static List<Incoming> mixed(int from) {
        var pictures = List.of(WHITE, BLACK, new byte[0], Arrays.copyOf(BLACK, BLACK.length / 2));
        var random = new Random(from);
        return IntStream.range(from, from + 60)
                .mapToObj(i -> TinyDetector.frame(
                        "cam-" + (1 + random.nextInt(3)),
                        i - random.nextInt(3),
                        pictures.get(random.nextInt(pictures.size())).clone()))
                .toList();
    }

    private static List<String> told(Pipeline from) {
        return from.takeRecords().stream()
                .map(record -> record.kind() == RecordKind.RESULT
                        ? told(InferenceResult.from(record.value()))
                        : record.kind() + " " + record.headers().get("reason"))
                .toList();
    }

    private static String told(InferenceResult result) {
        return result.device() + " " + result.eventTime() + " " + result.frame();
    }

    @Test
    void statisticsTellOfFramesOfWhatWasFoundAndOfFp32() {
        // Given
        start(pipeline, Frames.EVERY);
        handle(TinyDetector.frame("cam-1", 0, WHITE), TinyDetector.frame("cam-1", 1, BLACK));

        // When
        pipeline.flushStats();

        // Then
        var delta = StatsDelta.from(pipeline.takeRecords().get(0).value());
        assertThat(delta.readings()).isEqualTo(2);
        assertThat(delta.predictions()).containsExactly(new LabelCount("thing", 1));
        assertThat(delta.fidelity().compared()).isEqualTo(1);
        assertThat(delta.fidelity().agreed()).isEqualTo(1);
        assertThat(delta.latency().count()).isEqualTo(2);
        assertThat(delta.features())
                .extracting(one -> one.feature(), one -> one.count())
                .containsExactly(tuple("brightness", 2L), tuple("detections", 2L), tuple("score", 1L));
    }
}
