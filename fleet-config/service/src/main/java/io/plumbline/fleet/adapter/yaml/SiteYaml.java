package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.fleet.core.spec.Labels;
import io.plumbline.fleet.core.spec.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code sites}: their gateways, as a list or each with labels, and their devices. */
final class SiteYaml {

    private static final String GATEWAY = "gateway";
    private static final List<String> KEYS = List.of("gateways", "devices", "labels");

    /** Where a gateway or a device has been named, to find the second time. */
    private final Map<String, String> placeOf = new HashMap<>();

    private final Map<String, Set<String>> labels = new TreeMap<>();

    /** Values by label of all gateways that have been read, of broken sites, too. */
    Map<String, Set<String>> labels() {
        return labels;
    }

    Site site(YamlValue value) {
        var site = value.mapping(KEYS);
        var own = new LinkedHashMap<GatewayId, Map<String, String>>();
        var gateways = site.may("gateways", g -> g.isMapping() ? labelled(g, own) : list(g, GatewayId::new, GATEWAY))
                .orElse(List.of());
        var devices = site.may("devices", d -> list(d, DeviceId::new, "device"));
        var shared = site.may("labels", this::labels).orElse(Map.of());
        return site.whole(() -> new Site(gateways, devices.orElse(List.of()), shared, own));
    }

    /** Whether any site names a gateway, so that labels of gateways are there to compare with. */
    boolean namesGateways() {
        return placeOf.keySet().stream().anyMatch(name -> name.startsWith(GATEWAY));
    }

    /** A name that is broken is noted where the site is read. */
    void name(YamlValue site) {
        new Findings().part(() -> site.as(SiteId::new)).ifPresent(id -> known(Labels.SITE, id.value()));
    }

    private List<GatewayId> labelled(YamlValue section, Map<GatewayId, Map<String, String>> own) {
        var gateways = new ArrayList<GatewayId>();
        section.mapping().named().forEach((key, value) -> {
            var id = section.findings().part(() -> once(key, GatewayId::new, GATEWAY));
            var said = section.findings().part(() -> value.isNothing() ? Map.<String, String>of() : labels(value));
            id.ifPresent(gateway -> {
                gateways.add(gateway);
                said.filter(some -> !some.isEmpty()).ifPresent(some -> own.put(gateway, some));
            });
        });
        return gateways;
    }

    private Map<String, String> labels(YamlValue section) {
        var all = new LinkedHashMap<String, String>();
        section.mapping()
                .named()
                .forEach((key, value) -> section.findings()
                        .part(() -> {
                            var name = key.text();
                            key.whole(() -> Labels.checked(Map.of(name, "any")));
                            return value.whole(() -> Labels.checked(Map.of(name, value.text())));
                        })
                        .ifPresent(all::putAll));
        all.forEach(this::known);
        return all;
    }

    private void known(String label, String value) {
        labels.computeIfAbsent(label, name -> new TreeSet<>()).add(value);
    }

    private <T> List<T> list(YamlValue value, Function<String, T> parse, String kind) {
        return value.each(element -> once(element, parse, kind));
    }

    private <T> T once(YamlValue name, Function<String, T> parse, String kind) {
        if (name.isNothing()) {
            throw name.problem("must be a name, not nothing");
        }
        var id = name.as(parse);
        var before = placeOf.putIfAbsent(kind + " " + id, name.path());
        if (before != null) {
            throw name.problem(kind + " '" + id + "' is already used at " + before + "; it must be on one site only");
        }
        return id;
    }

    /** The devices of all sites, sound or not; empty without sites. */
    static Optional<Set<String>> devices(YamlMapping file) {
        return named(file, "devices")
                .map(all -> all.stream().map(YamlValue::text).collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** The gateways of all sites whose names can be read, also where the rest is broken. */
    static Set<GatewayId> gateways(YamlMapping file) {
        var aside = new Findings();
        return named(file, "gateways").orElse(List.of()).stream()
                .flatMap(one -> aside.part(() -> one.as(GatewayId::new)).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<List<YamlValue>> named(YamlMapping file, String kind) {
        return file.optional("sites")
                .filter(YamlValue::isMapping)
                .map(sites -> sites.mapping().entries().values().stream()
                        .filter(YamlValue::isMapping)
                        .flatMap(site -> site.mapping().optional(kind).stream())
                        .flatMap(SiteYaml::names)
                        .filter(YamlValue::isScalar)
                        .toList());
    }

    private static Stream<YamlValue> names(YamlValue value) {
        if (value.isMapping()) {
            return value.mapping().named().keySet().stream();
        }
        return value.isList() ? value.elements().stream() : Stream.of();
    }
}
