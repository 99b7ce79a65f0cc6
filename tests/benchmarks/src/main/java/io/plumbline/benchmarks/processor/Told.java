package io.plumbline.benchmarks.processor;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a processor told, by committed records. Labels meet deltas in another order in every run, so what a verdict knew of them is
 * not compared; what is known of them in the end is. Thread-safe.
 */
final class Told {

    private final Map<String, List<String>> verdicts = new TreeMap<>();
    private final Map<String, ModelHealth> health = new TreeMap<>();
    private final List<String> requests = new ArrayList<>();

    synchronized void take(ConsumerRecord<String, byte[]> record) {
        switch (record.topic()) {
            case Topics.VERDICTS -> {
                var event = Json.decode(record.value(), VerdictEvent.class);
                verdicts.computeIfAbsent(record.key(), key -> new ArrayList<>())
                        .add(event.at() + " " + event.previous() + " -> " + event.verdict() + " " + event.id());
            }
            case Topics.MODEL_HEALTH -> health.put(record.key(), Json.decode(record.value(), ModelHealth.class));
            case Topics.RECALIBRATIONS -> {
                if (Json.decode(record.value(), RecalibrationEvent.class)
                        instanceof RecalibrationEvent.Requested asked) {
                    requests.add(asked.toString());
                }
            }
            default -> throw new IllegalArgumentException("records of " + record.topic() + " are not compared");
        }
    }

    synchronized long verdicts() {
        return verdicts.values().stream().mapToLong(List::size).sum();
    }

    synchronized long requests() {
        return requests.size();
    }

    synchronized long labelled() {
        return health.values().stream()
                .flatMap(one -> one.labels().stream())
                .mapToLong(score -> score.labelled())
                .sum();
    }

    /** How many cohorts have other verdicts, in another order or another number of times. */
    synchronized long otherVerdicts(Told other) {
        return differences(verdicts, other.verdicts, "verdicts");
    }

    /** How many cohorts have another health in the end. */
    synchronized long otherHealth(Told other) {
        return differences(health, other.health, "health");
    }

    synchronized long otherRequests(Told other) {
        var here = requests.stream().sorted().toList();
        var there = other.requests.stream().sorted().toList();
        if (here.equals(there)) {
            return 0;
        }
        System.err.println("requests:\n  " + here + "\n  " + there);
        return 1;
    }

    private static <T> long differences(Map<String, T> one, Map<String, T> two, String what) {
        var keys = new TreeSet<>(one.keySet());
        keys.addAll(two.keySet());
        var others = keys.stream()
                .filter(key -> !Objects.equals(one.get(key), two.get(key)))
                .toList();
        others.stream()
                .limit(3)
                .forEach(key ->
                        System.err.println(what + " of " + key + ":\n  " + one.get(key) + "\n  " + two.get(key)));
        return others.size();
    }
}
