package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that answers up to four readings in one call. */
class TogetherTest {

    private static final List<String> DEVICES = List.of("north-1", "north-2");

    private final PipelineBench bench = new PipelineBench();
    private final FakeModel model = new FakeModel(FakeModel.digest("one")).together(4);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsAnsweredTogetherIsWhatIsAnsweredOneByOne(long seed) {
        // Given
        var alone = new PipelineBench();
        activate(bench, model);
        activate(alone, new FakeModel(FakeModel.digest("one")));
        var random = new Random(seed);
        var next = new HashMap<String, Integer>();
        var together = new ArrayList<OutboxRecord>();
        var oneByOne = new ArrayList<OutboxRecord>();

        // When
        for (int turn = 0; turn < 60; turn++) {
            var batch = batch(random, next);
            bench.pipeline.handle(batch);
            together.addAll(bench.pipeline.takeRecords());
            batch.forEach(alone.pipeline::handle);
            oneByOne.addAll(alone.pipeline.takeRecords());
        }

        // Then
        assertThat(model.calls()).isNotEmpty().anyMatch(size -> size == 2);
        assertThat(byDevice(together)).isEqualTo(byDevice(oneByOne));
        assertThat(bench.memory.counters().view(0))
                .isEqualTo(alone.memory.counters().view(0));
        assertThat(bench.metrics.count("redelivered")).isEqualTo(alone.metrics.count("redelivered"));
    }

    /** Now and then a reading that came before, or one that fails the model, or one that is no reading. */
    private static List<Incoming> batch(Random random, Map<String, Integer> next) {
        var batch = new ArrayList<Incoming>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            var device = DEVICES.get(random.nextInt(DEVICES.size()));
            var number = next.merge(device, 1, Integer::sum);
            var again = random.nextInt(10) == 0 ? Math.max(1, number - 1) : number;
            batch.add(Motes.reading(device, again, random.nextInt(100), random.nextInt(12) == 0 ? 99 : 20));
            if (random.nextInt(15) == 0) {
                batch.add(Motes.message(device, "{", Motes.delivery(0, 1)));
            }
        }
        return batch;
    }

    /** Results of each device in order; records of different devices may change places. */
    private static Map<String, List<String>> byDevice(List<OutboxRecord> records) {
        var all = new HashMap<String, List<String>>();
        for (var record : records) {
            if (record.kind() == RecordKind.RESULT || record.kind() == RecordKind.DEAD_LETTER) {
                all.computeIfAbsent(record.kind() + record.key(), key -> new ArrayList<>())
                        .add(new String(record.value(), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return all;
    }

    @Test
    void oneThatTheModelFailsOnDoesNotCostTheOthersTheirPrediction() {
        // Given
        activate(bench, model);
        var full = new ArrayList<Incoming>();
        for (int i = 0; i < 15; i++) {
            for (var device : DEVICES) {
                full.add(Motes.reading(device, i, 60, 20));
            }
        }
        bench.pipeline.handle(full);
        bench.pipeline.takeRecords();

        // When
        bench.pipeline.handle(List.of(Motes.reading("north-1", 15, 60, 20), Motes.reading("north-2", 15, 60, 99)));

        // Then
        assertThat(model.calls()).containsExactly(2);
        assertThat(bench.pipeline.takeRecords())
                .filteredOn(record -> record.kind() == RecordKind.RESULT)
                .extracting(record ->
                        InferenceResult.from(record.value()).prediction().isPresent())
                .containsExactly(true, false);
        assertThat(bench.metrics.count("inferenceFailed")).isEqualTo(1);
    }

    private static void activate(PipelineBench bench, FakeModel model) {
        var build = new Build(FakeModel.digest("one"), FakeModel.build("one").card(), FakeModel.known(), model);
        bench.activate("one", build);
    }
}
