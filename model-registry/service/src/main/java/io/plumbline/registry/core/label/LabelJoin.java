package io.plumbline.registry.core.label;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.HoldoutAnswer;
import io.plumbline.contract.message.LabelledAccuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gives scores what labels say of them. Thread-safe. */
public final class LabelJoin {

    private final Labels labels;

    public LabelJoin(Labels labels) {
        this.labels = labels;
    }

    /**
     * Scores with the accuracy of each build on those holdout readings that have a label, and without the answers, which nobody
     * needs any more; other messages, scores without answers, and those whose labels nobody can look up, as they are. Labels are looked up
     * once for all of them.
     */
    public List<CalibrationMessage> join(List<CalibrationMessage> messages) {
        var readings = messages.stream()
                .flatMap(message -> answers(message).keySet().stream())
                .collect(Collectors.toSet());
        var truths = readings.isEmpty() ? Optional.of(Map.<EventId, String>of()) : labels.of(readings);
        return messages.stream().map(message -> join(message, truths)).toList();
    }

    private static CalibrationMessage join(CalibrationMessage message, Optional<Map<EventId, String>> truths) {
        if (!(message instanceof CalibrationMessage.Scored scored)
                || scored.answers().isEmpty()) {
            return message;
        }
        var answers = answers(message);
        var known = answers.isEmpty() ? Optional.of(Map.<EventId, String>of()) : truths;
        var scores = known.map(labels -> with(scored.scores(), answers, labels)).orElse(scored.scores());
        return new CalibrationMessage.Scored(
                scored.recalibration(), scored.model(), scored.gateway(), scored.site(), scores, Optional.empty());
    }

    /** Each reading once; what does not speak of every build speaks of none. */
    private static Map<EventId, HoldoutAnswer> answers(CalibrationMessage message) {
        var readings = new LinkedHashMap<EventId, HoldoutAnswer>();
        if (message instanceof CalibrationMessage.Scored scored) {
            scored.answers().stream()
                    .flatMap(List::stream)
                    .filter(answer -> answer.labels().size() == scored.scores().size())
                    .forEach(answer -> readings.putIfAbsent(answer.event(), answer));
        }
        return readings;
    }

    private static List<CandidateScore> with(
            List<CandidateScore> scores, Map<EventId, HoldoutAnswer> answers, Map<EventId, String> truths) {
        var joined = new ArrayList<CandidateScore>();
        for (int build = 0; build < scores.size(); build++) {
            var accuracy = LabelledAccuracy.NONE;
            for (var answer : answers.values()) {
                var label = truths.get(answer.event());
                if (label != null) {
                    accuracy = accuracy.with(
                            label.equals(answer.labels().get(build)),
                            label.equals(answer.labels().get(0)),
                            label.equals(answer.reference()));
                }
            }
            joined.add(scores.get(build).withLabelled(accuracy));
        }
        return joined;
    }
}
