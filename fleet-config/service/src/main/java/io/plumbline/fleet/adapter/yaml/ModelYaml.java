package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.id.Digest;
import io.plumbline.fleet.core.spec.Thresholds;
import io.plumbline.judging.policy.BrokenSettingException;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.rollout.policy.RolloutPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The {@code models}, and what they are held against, of all of them or of one. */
final class ModelYaml {

    private static final List<String> DRIFT = List.of(
            "horizon", "confidenceHorizon", "confirmations", "minCompared", "clipFloor", "agreementFloor", "psiFloor");
    private static final List<String> RECALIBRATION = List.of("cooldown", "dailyBudget");
    private static final List<String> REALS = List.of("clipFloor", "agreementFloor", "psiFloor");

    private ModelYaml() {}

    /** A model as it is declared. */
    record Declared(Digest build, Thresholds own) {}

    /** @param rollout what is read of a policy of the model's own */
    static Declared model(YamlValue value, Function<YamlValue, RolloutPolicy> rollout) {
        var model = value.mapping(List.of("build", "drift", "recalibration", "rollout"));
        var build = model.need("build", v -> v.as(Digest::new));
        var own = thresholds(model);
        var policy = model.may("rollout", rollout);
        return model.whole(
                () -> new Declared(build.orElseThrow(), new Thresholds(own.drift(), own.recalibration(), policy)));
    }

    /** @param holder of the two sections */
    static Thresholds thresholds(YamlMapping holder) {
        return new Thresholds(
                holder.may("drift", section -> settings(section, DRIFT)).orElse(Map.of()),
                holder.may("recalibration", section -> settings(section, RECALIBRATION))
                        .orElse(Map.of()),
                Optional.empty());
    }

    private static Map<String, String> settings(YamlValue section, List<String> names) {
        var said = section.mapping(names);
        var all = new TreeMap<String, String>();
        names.forEach(name -> said.may(name, value -> value.as(text -> setting(name, text)))
                .ifPresent(value -> all.put(name, value)));
        return all;
    }

    /** As the processor reads it, so that it is refused here and not there. */
    private static String setting(String name, String text) {
        var unused = REALS.contains(name) ? YamlScalars.number(text) : 0;
        var setting = Thresholds.setting(name);
        try {
            var policy = JudgingPolicy.DEFAULT.ofModel(Map.of(setting, text));
            if (policy.evaluation()
                            .horizon()
                            .compareTo(JudgingPolicy.DEFAULT.evaluation().retention())
                    > 0) {
                throw new BrokenSettingException(
                        setting,
                        text,
                        "must be at most " + JudgingPolicy.DEFAULT.evaluation().retention());
            }
            return policy.settings().getOrDefault(setting, text);
        } catch (BrokenSettingException e) {
            throw new IllegalArgumentException("'" + text + "' " + e.rule(), e);
        }
    }
}
