package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.contract.fleet.Windowing;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.fleet.core.spec.Site;
import io.plumbline.fleet.core.spec.SpecProblem;
import io.plumbline.fleet.core.spec.StreamSpec;
import io.plumbline.fleet.core.spec.TopicTemplate;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Turns the text of a {@code fleet.yaml} into a {@link FleetSpec}, or into everything that is wrong with it. */
public final class FleetYaml {

    private static final List<String> NEEDED = List.of("sites", "models", "streams", "rollout");
    private static final List<String> SECTIONS = List.of("sites", "models", "streams", "rollout", "alerts");
    private static final List<String> STREAM = List.of(
            "topic",
            "model",
            "shadowShare",
            "statsWindow",
            "frames",
            "payload",
            "qos",
            "share",
            "sources",
            "stride",
            "lateness",
            "rehearsal");

    private final List<SpecProblem> problems = new ArrayList<>();
    /** What a gateway or a device has been used as, to find the second use. */
    private final Map<String, String> siteOf = new HashMap<>();

    private FleetYaml() {}

    /** @throws InvalidFleetException with one problem per broken part */
    public static FleetSpec parse(String text) throws InvalidFleetException {
        return new FleetYaml().read(text);
    }

    private FleetSpec read(String text) throws InvalidFleetException {
        var spec = part(() -> spec(root(text).mapping(SECTIONS)));
        if (!problems.isEmpty() || spec.isEmpty()) {
            throw new InvalidFleetException(problems);
        }
        return spec.get();
    }

    private static YamlValue root(String text) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        try {
            var node = new Yaml(options).compose(new StringReader(text));
            if (node == null) {
                throw atStart("must not be empty; it needs " + String.join(", ", NEEDED));
            }
            return new YamlValue("", node);
        } catch (MarkedYAMLException e) {
            throw new SpecProblemException("", e.getProblemMark(), "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw atStart("is not YAML: " + e.getMessage());
        }
    }

    private static SpecProblemException atStart(String message) {
        return new SpecProblemException("", new Mark("fleet.yaml", 0, 0, 0, new int[0], 0), message);
    }

    private @Nullable FleetSpec spec(YamlMapping file) {
        var sites = part(() -> sites(file.required("sites")));
        var models = part(() -> models(file.required("models")));
        var streams =
                part(() -> streams(file.required("streams"), names(file, "models"), sites.map(FleetYaml::devices)));
        var gateways = new LinkedHashSet<GatewayId>();
        sites.ifPresent(all -> all.values().forEach(site -> gateways.addAll(site.gateways())));
        var policy = part(() -> RolloutYaml.policy(file.required("rollout"), gateways));
        var alerts =
                part(() -> file.optional("alerts").map(all -> alerts(all, file)).orElse(AlertSpec.USUAL));
        if (!problems.isEmpty()) {
            return null;
        }
        return file.required("streams")
                .whole(() -> new FleetSpec(
                        sites.orElseThrow(),
                        models.orElseThrow(),
                        streams.orElseThrow(),
                        policy.orElseThrow(),
                        alerts.orElseThrow()));
    }

    private AlertSpec alerts(YamlValue section, YamlMapping file) {
        var reader = new AlertYaml(names(file, "sites"), names(file, "models"));
        var policy = reader.policy(section);
        var sinks = new ArrayList<SinkSpec>();
        reader.sinks(section).forEach((name, sink) -> part(() -> sinks.add(reader.sink(name, sink))));
        return section.whole(() -> new AlertSpec(policy, sinks));
    }

    private static Set<String> names(YamlMapping file, String section) {
        return file.optional(section)
                .map(value -> value.mapping().entries().keySet())
                .orElse(Set.of());
    }

    private Map<SiteId, Site> sites(YamlValue section) {
        var sites = each(section, SiteId::new, value -> {
            var site = value.mapping(List.of("gateways", "devices"));
            var gateways = list(site.required("gateways"), GatewayId::new, "gateway");
            var devices = site.optional("devices").map(d -> list(d, DeviceId::new, "device"));
            return value.whole(() -> new Site(gateways, devices.orElse(List.of())));
        });
        if (sites.isEmpty() && problems.isEmpty()) {
            throw section.problem("needs at least one site");
        }
        return sites;
    }

    private Map<ModelName, Digest> models(YamlValue section) {
        return each(
                section,
                ModelName::new,
                value -> value.mapping(List.of("build")).required("build").as(Digest::new));
    }

    private static List<String> devices(Map<SiteId, Site> sites) {
        return sites.values().stream()
                .flatMap(site -> site.devices().stream().map(DeviceId::value))
                .toList();
    }

    /** @param devices of all sites; empty if they cannot be told */
    private Map<StreamId, StreamSpec> streams(YamlValue section, Set<String> models, Optional<List<String>> devices) {
        return each(section, StreamId::new, value -> {
            var stream = value.mapping(STREAM);
            var topic = stream.required("topic").as(TopicTemplate::new);
            var model = stream.required("model");
            if (!models.contains(model.text())) {
                throw model.unknown("a model of this file", model.text(), models);
            }
            var share = stream.optional("shadowShare")
                    .map(v -> v.as(YamlScalars::ratio))
                    .orElse(0.1);
            var window = stream.optional("statsWindow")
                    .map(v -> v.as(YamlScalars::duration))
                    .orElse(Duration.ofMinutes(5));
            var frames = stream.optional("frames").map(v -> v.as(YamlScalars::frames));
            var payload = stream.optional("payload").map(PayloadYaml::layout);
            var subscription = subscription(value, stream);
            var sources = stream.optional("sources")
                    .map(v -> SourceYaml.sources(v, devices))
                    .orElse(List.of());
            var windowing = windowing(value, stream);
            var rehearsal = stream.optional("rehearsal").map(FleetYaml::rehearsal);
            return value.whole(() -> new StreamSpec(
                    topic,
                    model.as(ModelName::new),
                    share,
                    window,
                    frames,
                    payload,
                    subscription,
                    sources,
                    windowing,
                    rehearsal));
        });
    }

    /** None where nothing is said of it, so that what was assigned before stays as it is. */
    private static Optional<Subscription> subscription(YamlValue value, YamlMapping stream) {
        var qos = stream.optional("qos").map(v -> v.as(YamlScalars::whole));
        var share = stream.optional("share").map(YamlValue::text);
        var said = value.whole(() -> new Subscription(qos.orElse(Subscription.USUAL.qos()), share));
        return Optional.of(said).filter(one -> !one.equals(Subscription.USUAL));
    }

    /** As with the subscription. */
    private static Optional<Windowing> windowing(YamlValue value, YamlMapping stream) {
        var stride = stream.optional("stride").map(v -> v.as(YamlScalars::whole));
        var lateness = stream.optional("lateness").map(v -> v.as(YamlScalars::duration));
        var said = value.whole(() -> new Windowing(stride.orElse(Windowing.USUAL.stride()), lateness));
        return Optional.of(said).filter(one -> !one.equals(Windowing.USUAL));
    }

    private static Rehearsal rehearsal(YamlValue value) {
        var said = value.mapping(List.of("inputs", "minAgreement", "within"));
        var inputs = said.optional("inputs").map(v -> v.as(YamlScalars::whole));
        var agreement = said.optional("minAgreement").map(v -> v.as(YamlScalars::ratio));
        var within = said.optional("within").map(v -> v.as(YamlScalars::duration));
        return value.whole(
                () -> new Rehearsal(inputs.orElse(200), agreement.orElse(0.97), within.orElse(Duration.ofMinutes(10))));
    }

    private <T> List<T> list(YamlValue value, Function<String, T> parse, String kind) {
        var all = new ArrayList<T>();
        for (var element : value.elements()) {
            var id = element.as(parse);
            var before = siteOf.putIfAbsent(kind + " " + id, element.path());
            if (before != null) {
                throw element.problem(
                        kind + " '" + id + "' is already used at " + before + "; it must be on one site only");
            }
            all.add(id);
        }
        return all;
    }

    private <K, V> Map<K, V> each(YamlValue section, Function<String, K> key, Function<YamlValue, V> read) {
        var mapping = section.mapping();
        var all = new LinkedHashMap<K, V>();
        mapping.entries()
                .forEach((name, value) -> part(() -> {
                    all.put(mapping.key(name, key), read.apply(value));
                    return true;
                }));
        return all;
    }

    /** Reads one part; its problem is noted and the others are still looked at. */
    private <T> Optional<T> part(Supplier<@Nullable T> read) {
        try {
            return Optional.ofNullable(read.get());
        } catch (SpecProblemException e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }
}
