package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.id.Digest;
import io.plumbline.fleet.core.spec.Thresholds;
import io.plumbline.judging.policy.BrokenSettingException;
import io.plumbline.judging.policy.JudgingPolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code models}, and what they are held against: {@code drift} and {@code recalibration}, of all of them or of one. */
final class ModelYaml {

    private static final List<String> DRIFT = List.of(
            "horizon", "confidenceHorizon", "confirmations", "minCompared", "clipFloor", "agreementFloor", "psiFloor");
    private static final List<String> RECALIBRATION = List.of("cooldown", "dailyBudget");
    private static final List<String> REALS = List.of("clipFloor", "agreementFloor", "psiFloor");

    private ModelYaml() {}

    /** A model as it is declared. */
    record Declared(Digest build, Thresholds own) {}

    static Declared model(YamlValue value) {
        var model = value.mapping(List.of("build", "drift", "recalibration"));
        var build = model.need("build", v -> v.as(Digest::new));
        var own = thresholds(model);
        return model.whole(() -> new Declared(build.orElseThrow(), own));
    }

    /** @param holder of the two sections */
    static Thresholds thresholds(YamlMapping holder) {
        return new Thresholds(
                holder.may("drift", section -> settings(section, DRIFT)).orElse(Map.of()),
                holder.may("recalibration", section -> settings(section, RECALIBRATION))
                        .orElse(Map.of()));
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
