package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.fleet.core.spec.Site;
import io.plumbline.fleet.core.spec.alert.AlertPolicy;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Turns the text of a {@code fleet.yaml} into a {@link FleetSpec}, or into everything that is wrong with it. */
public final class FleetYaml {

    private static final List<String> NEEDED = List.of("sites", "models", "streams", "rollout");
    private static final List<String> SECTIONS = List.of("sites", "models", "streams", "rollout", "alerts");

    private final Findings findings = new Findings();
    /** What a gateway or a device has been used as, to find the second use. */
    private final Map<String, String> siteOf = new HashMap<>();

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
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        try {
            var node = new Yaml(options).compose(new StringReader(text));
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

    private static SpecProblemException atStart(String message) {
        return new SpecProblemException("", new Mark("fleet.yaml", 0, 0, 0, new int[0], 0), message);
    }

    private FleetSpec spec(YamlMapping file) {
        var sites = file.need("sites", this::sites);
        var models = file.need("models", FleetYaml::models);
        var stream = new StreamYaml(names(file, "models"), devices(file));
        var streams = file.need("streams", all -> each(all, StreamId::new, stream::stream));
        var policy = file.need("rollout", section -> RolloutYaml.policy(section, gateways(file)));
        var alerts = file.may("alerts", all -> alerts(all, file)).orElse(AlertSpec.USUAL);
        return file.whole(() -> file.required("streams")
                .whole(() -> new FleetSpec(
                        sites.orElseThrow(),
                        models.orElseThrow(),
                        streams.orElseThrow(),
                        policy.orElseThrow(),
                        alerts)));
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

    /** As with the sections: the gateways or devices of all sites. */
    private static Optional<List<YamlValue>> listed(YamlMapping file, String kind) {
        return file.optional("sites")
                .filter(YamlValue::isMapping)
                .map(sites -> sites.mapping().entries().values().stream()
                        .filter(YamlValue::isMapping)
                        .flatMap(site -> site.mapping().optional(kind).stream())
                        .filter(YamlValue::isList)
                        .flatMap(list -> list.elements().stream())
                        .filter(YamlValue::isScalar)
                        .toList());
    }

    private static Optional<Set<String>> devices(YamlMapping file) {
        return listed(file, "devices")
                .map(all -> all.stream().map(YamlValue::text).collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static Set<GatewayId> gateways(YamlMapping file) {
        var aside = new Findings();
        return listed(file, "gateways").orElse(List.of()).stream()
                .flatMap(one -> aside.part(() -> one.as(GatewayId::new)).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Map<SiteId, Site> sites(YamlValue section) {
        var sites = each(section, SiteId::new, value -> {
            var site = value.mapping(List.of("gateways", "devices"));
            var gateways = site.need("gateways", g -> list(g, GatewayId::new, "gateway"));
            var devices = site.may("devices", d -> list(d, DeviceId::new, "device"));
            return site.whole(() -> new Site(gateways.orElseThrow(), devices.orElse(List.of())));
        });
        if (section.mapping().entries().isEmpty()) {
            throw section.problem("needs at least one site");
        }
        return sites;
    }

    private static Map<ModelName, Digest> models(YamlValue section) {
        return each(section, ModelName::new, value -> {
            var model = value.mapping(List.of("build"));
            var build = model.need("build", v -> v.as(Digest::new));
            return model.whole(build::orElseThrow);
        });
    }

    private <T> List<T> list(YamlValue value, Function<String, T> parse, String kind) {
        return value.each(element -> {
            var id = element.as(parse);
            var before = siteOf.putIfAbsent(kind + " " + id, element.path());
            if (before != null) {
                throw element.problem(
                        kind + " '" + id + "' is already used at " + before + "; it must be on one site only");
            }
            return id;
        });
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
