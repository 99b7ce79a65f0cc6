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

/** Gives scores what labels say of them. Thread-safe. */
public final class LabelJoin {

    private final Labels labels;

    public LabelJoin(Labels labels) {
        this.labels = labels;
    }

    /**
     * Scores with the accuracy of each build on those holdout readings that have a label, and without the answers, which nobody
     * needs any more; other messages, scores without answers, and those whose labels nobody can look up, as they are.
     */
    public CalibrationMessage join(CalibrationMessage message) {
        return message instanceof CalibrationMessage.Scored scored
                ? scored.answers()
                        .map(answers ->
                                join(scored, byReading(answers, scored.scores().size())))
                        .orElse(scored)
                : message;
    }

    /** Each reading once; what does not speak of every build speaks of none. */
    private static Map<EventId, HoldoutAnswer> byReading(List<HoldoutAnswer> answers, int builds) {
        var readings = new LinkedHashMap<EventId, HoldoutAnswer>();
        answers.stream()
                .filter(answer -> answer.labels().size() == builds)
                .forEach(answer -> readings.putIfAbsent(answer.event(), answer));
        return readings;
    }

    private CalibrationMessage.Scored join(CalibrationMessage.Scored scored, Map<EventId, HoldoutAnswer> answers) {
        var truths = answers.isEmpty() ? Optional.of(Map.<EventId, String>of()) : labels.of(answers.keySet());
        var scores = truths.map(known -> with(scored.scores(), answers, known)).orElse(scored.scores());
        return new CalibrationMessage.Scored(
                scored.recalibration(), scored.model(), scored.gateway(), scored.site(), scores, Optional.empty());
    }

    private static List<CandidateScore> with(
            List<CandidateScore> scores, Map<EventId, HoldoutAnswer> answers, Map<EventId, String> truths) {
        var joined = new ArrayList<CandidateScore>();
        for (int build = 0; build < scores.size(); build++) {
            var accuracy = LabelledAccuracy.NONE;
            for (var truth : truths.entrySet()) {
                var answer = answers.get(truth.getKey());
                if (answer != null) {
                    var label = truth.getValue();
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
