package io.plumbline.benchmarks.kills;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Every recalibration that was asked for, and every outcome that was told of it. Thread-safe. */
final class Petitions {

    /** Of so many requests one is made twice, under two ids. */
    private static final int TWIN_ONE_IN = 5;

    private final KafkaProducer<String, byte[]> producer;
    private final Map<ModelName, Running> running;
    private final Map<String, ModelName> asked = new LinkedHashMap<>();
    private final Map<String, List<RecalibrationEvent>> outcomes = new LinkedHashMap<>();
    private int unasked;

    Petitions(KafkaProducer<String, byte[]> producer, Map<ModelName, Running> running) {
        this.producer = producer;
        this.running = Map.copyOf(running);
    }

    synchronized void take(ConsumerRecord<String, byte[]> record) {
        var event = Json.decode(record.value(), RecalibrationEvent.class);
        if (event instanceof RecalibrationEvent.Requested || !event.decides()) {
            return;
        }
        if (asked.containsKey(event.id())) {
            outcomes.computeIfAbsent(event.id(), id -> new ArrayList<>()).add(event);
        } else {
            unasked++;
        }
    }

    /** Asks again for every model whose requests have all been answered. */
    synchronized void ask() {
        running.forEach((model, what) -> {
            var open = asked.entrySet().stream()
                    .anyMatch(one -> one.getValue().equals(model) && !outcomes.containsKey(one.getKey()));
            if (!open) {
                ask(model, what);
                if (asked.size() % TWIN_ONE_IN == 0) {
                    ask(model, what);
                }
            }
        });
    }

    private void ask(ModelName model, Running what) {
        var id = "r-" + asked.size();
        asked.put(id, model);
        var request = new RecalibrationEvent.Requested(
                id, model, what.version(), what.build(), PretendedSites.SITES, "asked for", Instant.now());
        producer.send(new ProducerRecord<>(Topics.RECALIBRATIONS, model.value(), Json.encode(request)));
    }

    synchronized List<String> asked() {
        return List.copyOf(asked.keySet());
    }

    synchronized long open() {
        return asked.size() - outcomes.size();
    }

    /** The first outcome of each. */
    synchronized Map<String, RecalibrationEvent> outcomes() {
        Map<String, RecalibrationEvent> first = new LinkedHashMap<>();
        outcomes.forEach((id, all) -> first.put(id, all.get(0)));
        return first;
    }

    /** Jobs of which two outcomes differ, and outcomes of what nobody asked for. */
    synchronized long contradictions() {
        return unasked
                + outcomes.values().stream()
                        .filter(all -> new HashSet<>(all).size() > 1)
                        .count();
    }

    /** Outcomes that were told again, as they were. */
    synchronized long repetitions() {
        return outcomes.values().stream()
                .mapToLong(all -> all.size() - new HashSet<>(all).size())
                .sum();
    }
}
