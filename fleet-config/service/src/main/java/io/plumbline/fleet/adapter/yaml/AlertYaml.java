package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.fleet.core.spec.alert.AlertPolicy;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The {@code alerts} of the file. */
final class AlertYaml {

    private static final List<String> SECTION =
            List.of("page", "settle", "hold", "repeat", "quiet", "silentAfter", "giveUp", "sinks");
    private static final Map<String, AlertSeverity> SEVERITIES =
            Map.of("info", AlertSeverity.INFO, "warning", AlertSeverity.WARNING, "critical", AlertSeverity.CRITICAL);

    private final Set<String> sites;
    private final Set<String> models;

    /** The names that the file has. */
    AlertYaml(Set<String> sites, Set<String> models) {
        this.sites = sites;
        this.models = models;
    }

    AlertPolicy policy(YamlValue section) {
        var said = section.mapping(SECTION);
        var usual = AlertPolicy.USUAL;
        var page = said.optional("page").map(value -> value.as(AlertYaml::page));
        return section.whole(() -> new AlertPolicy(
                duration(said, "settle", usual.settle()),
                duration(said, "hold", usual.hold()),
                duration(said, "repeat", usual.repeat()),
                duration(said, "quiet", usual.quiet()),
                duration(said, "silentAfter", usual.silentAfter()),
                duration(said, "giveUp", usual.giveUp()),
                page));
    }

    Map<String, YamlValue> sinks(YamlValue section) {
        return section.mapping(SECTION)
                .optional("sinks")
                .map(all -> all.mapping().entries())
                .orElse(Map.of());
    }

    SinkSpec sink(String name, YamlValue value) {
        var sink = value.mapping(TargetYaml.with("minSeverity", "models", "sites"));
        var severity = sink.optional("minSeverity").map(AlertYaml::severity).orElse(AlertSeverity.INFO);
        var ofModels = filter(sink, "models", "a model of this file", models, ModelName::new);
        var ofSites = filter(sink, "sites", "a site of this file", sites, SiteId::new);
        var target = TargetYaml.target(value, sink);
        return value.whole(() -> new SinkSpec(name, severity, ofModels, ofSites, target));
    }

    private static AlertSeverity severity(YamlValue value) {
        var found = SEVERITIES.get(value.text());
        if (found == null) {
            throw value.unknown("a severity", value.text(), List.of("info", "warning", "critical"));
        }
        return found;
    }

    private static <T> Set<T> filter(
            YamlMapping sink, String key, String what, Collection<String> known, Function<String, T> parse) {
        var all = new LinkedHashSet<T>();
        sink.optional(key).map(YamlValue::elements).orElse(List.of()).forEach(one -> {
            if (!known.contains(one.text())) {
                throw one.unknown(what, one.text(), known);
            }
            all.add(one.as(parse));
        });
        return all;
    }

    private static Duration duration(YamlMapping section, String key, Duration usual) {
        return section.optional(key)
                .map(value -> value.as(YamlScalars::duration))
                .orElse(usual);
    }

    private static URI page(String text) {
        if (!text.matches("https?://[^\\s/@?#]+(/[^\\s?#]*)?")) {
            throw new IllegalArgumentException("'" + text + "' must be the URL of the page, like https://host/");
        }
        return URI.create(text);
    }
}
