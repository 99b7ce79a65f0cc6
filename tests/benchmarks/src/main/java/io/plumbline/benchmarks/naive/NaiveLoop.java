package io.plumbline.benchmarks.naive;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * MQTT callback, JSON, window, a new tensor, ONNX Runtime, a map, JSON, an asynchronous Kafka producer. It acknowledges
 * MQTT before Kafka has the result, keeps nothing on disk and computes no statistics. Arguments: MQTT url, topic filter,
 * Kafka bootstrap servers, result topic, model file.
 */
public final class NaiveLoop {

    private static final int WINDOW = 16;
    /** As long as messages wait for others in the gateway; less than Kafka's own default of 5. */
    private static final int LINGER_MILLIS = 3;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, ArrayDeque<float[]>> windows = new HashMap<>();
    private final OrtSession session;
    private final KafkaProducer<String, byte[]> producer;
    private final String results;

    private NaiveLoop(OrtSession session, KafkaProducer<String, byte[]> producer, String results) {
        this.session = session;
        this.producer = producer;
        this.results = results;
    }

    public static void main(String[] args) throws MqttException, OrtException {
        var options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1); // with ONNX Runtime's default its pool spins, which would be no fair peer
        var session = OrtEnvironment.getEnvironment().createSession(args[4], options);
        var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        args[2],
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MILLIS),
                new StringSerializer(),
                new ByteArraySerializer());
        var loop = new NaiveLoop(session, producer, args[3]);
        Subscription.open(args[0], "naive", args[1], loop::take);
        System.out.println("READY");
    }

    private void take(String topic, byte[] payload) {
        try {
            var reading = json.readTree(payload);
            var device = topic.split("/")[3];
            var window = windows.computeIfAbsent(device, key -> new ArrayDeque<>());
            if (window.size() == WINDOW) {
                window.removeFirst();
            }
            window.addLast(new float[] {
                (float) reading.get("humidity").asDouble(),
                (float) reading.get("temperature").asDouble()
            });
            producer.send(
                    new ProducerRecord<>(results, device, json.writeValueAsBytes(answer(device, reading, window))));
        } catch (IOException | OrtException e) {
            throw new IllegalStateException("the naive loop has no dead letters: " + e.getMessage(), e);
        }
    }

    private Map<String, Object> answer(String device, JsonNode reading, ArrayDeque<float[]> window)
            throws OrtException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("device", device);
        answer.put("seq", reading.get("seq").asLong());
        answer.put("time", reading.get("time").asText());
        if (window.size() == WINDOW) {
            var input = new float[][][] {window.toArray(new float[0][])};
            try (var tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), input);
                    var outputs = session.run(Map.of("window", tensor))) {
                var probabilities = ((float[][]) outputs.get(0).getValue())[0];
                answer.put("label", probabilities[1] >= 0.5 ? "event" : "normal");
                answer.put("score", Math.max(probabilities[0], probabilities[1]));
            }
        }
        return answer;
    }
}
