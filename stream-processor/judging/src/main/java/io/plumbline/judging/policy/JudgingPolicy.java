package io.plumbline.judging.policy;

import io.plumbline.drift.VerdictPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All settings that verdicts and requests follow from.
 *
 * @param labelRetention event time that a result waits for its label, and a label for its result
 */
public record JudgingPolicy(EvaluationPolicy evaluation, RecalibrationPolicy recalibration, Duration labelRetention) {

    /** What holds where nothing is set. */
    public static final JudgingPolicy DEFAULT = of(
            new EvaluationPolicy(
                    Duration.ofMinutes(30),
                    Duration.ofHours(6),
                    Duration.ofDays(7),
                    Duration.ofDays(1),
                    2,
                    VerdictPolicy.DEFAULT),
            Duration.ofHours(4),
            12,
            Duration.ofDays(1));

    /** The settings of the processor. The others are part of the rules, and change with them. */
    public static final List<String> SETTINGS = List.of(
            "horizon",
            "confidence-horizon",
            "retention",
            "label-retention",
            "clock-skew",
            "confirmations",
            "min-compared",
            "clip-floor",
            "agreement-floor",
            "psi-floor",
            "cooldown",
            "daily-budget");

    /** Those of them that a model may have of its own: the others say how long all of them are remembered. */
    public static final List<String> OF_MODELS = SETTINGS.stream()
            .filter(name ->
                    !List.of("retention", "label-retention", "clock-skew").contains(name))
            .toList();

    private static JudgingPolicy of(
            EvaluationPolicy evaluation, Duration cooldown, int dailyBudget, Duration labelRetention) {
        var recalibration = new RecalibrationPolicy(cooldown, dailyBudget, evaluation.horizon());
        return new JudgingPolicy(evaluation, recalibration, labelRetention);
    }

    /**
     * The default policy with these settings.
     *
     * @throws BrokenSettingException that names the first setting that is unknown or cannot be
     */
    public static JudgingPolicy of(Map<String, String> settings) {
        var all = DEFAULT.settings();
        settings.forEach((name, text) -> {
            if (all.put(name, text) == null) {
                throw unknown(name, text);
            }
        });
        return read(new SettingTexts(all));
    }

    /**
     * The same with some of {@link #SETTINGS} changed.
     *
     * @throws BrokenSettingException that names the first setting that is none of the processor or cannot be
     */
    public JudgingPolicy with(Map<String, String> changes) {
        var all = settings();
        changes.forEach((name, text) -> {
            if (!SETTINGS.contains(name)) {
                throw unknown(name, text);
            }
            all.put(name, text);
        });
        return read(new SettingTexts(all));
    }

    /**
     * The same for a model that has settings of its own. What its horizon looks back at is kept, too.
     *
     * @throws BrokenSettingException that names the first setting that cannot be a model's own or cannot be
     */
    public JudgingPolicy ofModel(Map<String, String> own) {
        var all = settings();
        own.forEach((name, text) -> {
            if (!OF_MODELS.contains(name)) {
                throw new BrokenSettingException(
                        name, text, "cannot be a model's own: must be one of " + String.join(", ", OF_MODELS));
            }
            all.put(name, text);
        });
        var horizon = new SettingTexts(all).duration("horizon", EvaluationPolicy.SHORTEST);
        if (horizon.compareTo(evaluation.retention()) > 0) {
            all.put("retention", horizon.toString());
        }
        return read(new SettingTexts(all));
    }

    /** The same, but nothing is ever said: for a model whose own settings nobody can read. */
    public JudgingPolicy sayingNothing() {
        return with(Map.of("min-compared", String.valueOf(SettingTexts.MOST)));
    }

    private static BrokenSettingException unknown(String name, String text) {
        return new BrokenSettingException(
                name, text, "is no setting of the processor: must be one of " + String.join(", ", SETTINGS));
    }

    private static JudgingPolicy read(SettingTexts texts) {
        var horizon = texts.duration("horizon", EvaluationPolicy.SHORTEST);
        var evaluation = new EvaluationPolicy(
                horizon,
                texts.duration("confidence-horizon", EvaluationPolicy.SHORTEST),
                texts.duration("retention", horizon),
                texts.duration("clock-skew", Duration.ZERO),
                texts.number("confirmations"),
                verdicts(texts));
        return of(
                evaluation,
                texts.duration("cooldown", Duration.ZERO),
                texts.number("daily-budget"),
                texts.duration("label-retention", EvaluationPolicy.SHORTEST));
    }

    private static VerdictPolicy verdicts(SettingTexts texts) {
        return new VerdictPolicy(
                texts.share("clip-floor"),
                texts.share("agreement-floor"),
                texts.effect("psi-floor"),
                texts.share("accuracy-floor"),
                texts.share("accuracy-fall"),
                texts.number("min-compared"),
                texts.number("min-class"),
                texts.share("confidence"),
                texts.share("alarm-confidence"),
                texts.number("min-faults"),
                texts.number("min-fault-windows"));
    }

    /** Every setting by name, those of the rules too: what {@link #of(Map)} reads. */
    public SortedMap<String, String> settings() {
        var verdicts = evaluation.verdicts();
        var all = new TreeMap<String, String>();
        all.put("horizon", evaluation.horizon().toString());
        all.put("confidence-horizon", evaluation.confidenceHorizon().toString());
        all.put("retention", evaluation.retention().toString());
        all.put("label-retention", labelRetention.toString());
        all.put("clock-skew", evaluation.clockSkew().toString());
        all.put("confirmations", String.valueOf(evaluation.confirmations()));
        all.put("cooldown", recalibration.cooldown().toString());
        all.put("daily-budget", String.valueOf(recalibration.dailyBudget()));
        all.put("clip-floor", String.valueOf(verdicts.clipFloor()));
        all.put("agreement-floor", String.valueOf(verdicts.agreementFloor()));
        all.put("psi-floor", String.valueOf(verdicts.psiFloor()));
        all.put("accuracy-floor", String.valueOf(verdicts.accuracyFloor()));
        all.put("accuracy-fall", String.valueOf(verdicts.accuracyFall()));
        all.put("min-compared", String.valueOf(verdicts.minCompared()));
        all.put("min-class", String.valueOf(verdicts.minClass()));
        all.put("confidence", String.valueOf(verdicts.confidence()));
        all.put("alarm-confidence", String.valueOf(verdicts.alarmConfidence()));
        all.put("min-faults", String.valueOf(verdicts.minFaults()));
        all.put("min-fault-windows", String.valueOf(verdicts.minFaultWindows()));
        return all;
    }
}
