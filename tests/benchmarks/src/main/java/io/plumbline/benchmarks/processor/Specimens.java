package io.plumbline.benchmarks.processor;

import io.plumbline.benchmarks.Load;
import io.plumbline.benchmarks.Rig;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.StatsDelta;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a real gateway said.
 *
 * @param deltas of full windows
 * @param result with a prediction
 */
record Specimens(List<StatsDelta> deltas, InferenceResult result) {

    private static final int WINDOWS = 4;
    /** A reading every five seconds in windows of five minutes. */
    private static final int READINGS_PER_WINDOW = 60 * Load.DEVICES;

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** Lets the gateway answer a few windows and stops it. */
    static Specimens take(Rig rig) throws Exception {
        var heard = new Heard();
        rig.startGateway();
        try (var reader = TopicReader.fromBeginning(
                        rig.kafka(), List.of(Topics.MODEL_STATS, Topics.RESULTS), heard::take);
                var load = rig.connectLoad("specimens")) {
            for (int i = 0; i < (WINDOWS + 2) * READINGS_PER_WINDOW; i++) {
                load.send(Rig.SITE);
            }
            return heard.await();
        } finally {
            rig.stopGateway();
        }
    }

    private static final class Heard {

        private final Queue<StatsDelta> deltas = new ConcurrentLinkedQueue<>();
        private final Queue<InferenceResult> results = new ConcurrentLinkedQueue<>();

        private void take(ConsumerRecord<String, byte[]> record) {
            if (record.topic().equals(Topics.MODEL_STATS)) {
                var delta = StatsDelta.from(record.value());
                if (delta.readings() >= READINGS_PER_WINDOW / 2) {
                    deltas.add(delta);
                }
            } else if (results.isEmpty()) {
                var result = InferenceResult.from(record.value());
                result.prediction().ifPresent(answer -> results.add(result));
            }
        }

        private Specimens await() throws IOException, InterruptedException {
            var end = System.nanoTime() + PATIENCE_NANOS;
            while (deltas.size() < WINDOWS || results.isEmpty()) {
                if (System.nanoTime() > end) {
                    throw new IOException("the gateway told " + deltas.size() + " full windows and " + results.size()
                            + " answers within a minute; " + WINDOWS + " and 1 are needed");
                }
                Thread.sleep(100);
            }
            return new Specimens(deltas.stream().limit(WINDOWS).toList(), results.element());
        }
    }
}
