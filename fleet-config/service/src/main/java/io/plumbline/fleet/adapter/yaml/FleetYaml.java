package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.fleet.core.spec.JudgingSpec;
import io.plumbline.fleet.core.spec.Site;
import io.plumbline.fleet.core.spec.alert.AlertPolicy;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import io.plumbline.rollout.policy.RolloutPolicy;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;

/** Turns the text of a {@code fleet.yaml} into a {@link FleetSpec}, or into everything that is wrong with it. */
public final class FleetYaml {

    private static final List<String> NEEDED = List.of("sites", "models", "streams", "rollout");
    private static final List<String> SECTIONS =
            List.of("sites", "models", "streams", "rollout", "drift", "recalibration", "alerts");

    private final Findings findings = new Findings();

    private FleetYaml() {}

    /** @throws InvalidFleetException with one problem per broken part */
    public static FleetSpec parse(String text) throws InvalidFleetException {
        return new FleetYaml().read(text);
    }

    private FleetSpec read(String text) throws InvalidFleetException {
        var spec = findings.part(() -> spec(root(text).mapping(SECTIONS)));
        if (findings.count() > 0 || spec.isEmpty()) {
            throw new InvalidFleetException(findings.inOrder());
        }
        return spec.get();
    }

    private YamlValue root(String text) {
        try {
            refuseAliases(text);
            var node = new Yaml().compose(new StringReader(text));
            if (node == null) {
                throw atStart("must not be empty; it needs " + String.join(", ", NEEDED));
            }
            return new YamlValue("", node, findings);
        } catch (MarkedYAMLException e) {
            throw new SpecProblemException("", e.getProblemMark(), "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw atStart("is not YAML: " + e.getMessage());
        }
    }

    /** What is said twice is written twice: an editor, a difference and a reader see what holds. Nor can a small file be a huge one. */
    private static void refuseAliases(String text) {
        for (var event : new Yaml().parse(new StringReader(text))) {
            if (event instanceof AliasEvent alias) {
                throw new SpecProblemException(
                        "",
                        alias.getStartMark(),
                        "'*" + alias.getAnchor() + "' must be written out: a fleet file has no aliases");
            }
        }
    }

    private static SpecProblemException atStart(String message) {
        return new SpecProblemException("", new Mark("fleet.yaml", 0, 0, 0, new int[0], 0), message);
    }

    private FleetSpec spec(YamlMapping file) {
        var place = new SiteYaml();
        var sites = file.need("sites", section -> sites(section, place));
        var gateways = SiteYaml.gateways(file);
        var policy = file.need("rollout", section -> RolloutYaml.policy(section, gateways, RolloutYaml.USUAL));
        Function<YamlValue, RolloutPolicy> own =
                section -> RolloutYaml.policy(section, gateways, policy.orElse(RolloutYaml.USUAL));
        var models = file.need("models", all -> each(all, ModelName::new, model -> ModelYaml.model(model, own)));
        var stream = new StreamYaml(names(file, "models"), SiteYaml.devices(file), place);
        var streams = file.need("streams", all -> each(all, StreamId::new, stream::stream));
        var usual = ModelYaml.thresholds(file);
        var alerts = file.may("alerts", all -> alerts(all, file)).orElse(AlertSpec.USUAL);
        return file.whole(() -> file.required("streams")
                .whole(() -> new FleetSpec(
                                sites.orElseThrow(),
                                values(models.orElseThrow(), ModelYaml.Declared::build),
                                streams.orElseThrow(),
                                policy.orElseThrow(),
                                alerts,
                                new JudgingSpec(usual, values(models.orElseThrow(), ModelYaml.Declared::own)))
                        .declared()));
    }

    private AlertSpec alerts(YamlValue section, YamlMapping file) {
        var reader = new AlertYaml(names(file, "sites"), names(file, "models"));
        var policy = findings.part(() -> reader.policy(section));
        var sinks = new ArrayList<SinkSpec>();
        reader.sinks(section)
                .forEach((name, sink) ->
                        findings.part(() -> reader.sink(name, sink)).ifPresent(sinks::add));
        return section.whole(() -> new AlertSpec(policy.orElse(AlertPolicy.USUAL), sinks));
    }

    /** The keys of a section, sound or not: what refers to them is not wrong because they are. Empty without a section. */
    private static Optional<Set<String>> names(YamlMapping file, String section) {
        return file.optional(section)
                .filter(YamlValue::isMapping)
                .map(value -> value.mapping().entries().keySet());
    }

    private static Map<SiteId, Site> sites(YamlValue section, SiteYaml reader) {
        section.mapping().named().keySet().forEach(reader::name);
        var sites = each(section, SiteId::new, reader::site);
        if (section.mapping().entries().isEmpty()) {
            throw section.problem("needs at least one site");
        }
        return sites;
    }

    private static <K, V, W> Map<K, W> values(Map<K, V> map, Function<V, W> part) {
        var parts = new LinkedHashMap<K, W>();
        map.forEach((key, value) -> parts.put(key, part.apply(value)));
        return parts;
    }

    private static <K, V> Map<K, V> each(YamlValue section, Function<String, K> key, Function<YamlValue, V> read) {
        var mapping = section.mapping();
        var all = new LinkedHashMap<K, V>();
        mapping.entries().forEach((name, value) -> {
            var id = section.findings().part(() -> mapping.key(name, key));
            var one = section.findings().part(() -> read.apply(value));
            id.ifPresent(known -> one.ifPresent(sound -> all.put(known, sound)));
        });
        return all;
    }
}
