package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.fleet.core.spec.alert.AlertPolicy;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The {@code alerts} of the file. */
final class AlertYaml {

    private static final List<String> SECTION =
            List.of("page", "settle", "hold", "repeat", "quiet", "silentAfter", "giveUp", "sinks");
    private static final Map<String, AlertSeverity> SEVERITIES =
            Map.of("info", AlertSeverity.INFO, "warning", AlertSeverity.WARNING, "critical", AlertSeverity.CRITICAL);

    private final Optional<Set<String>> sites;
    private final Optional<Set<String>> models;

    /** The names that the file has; empty if they cannot be told. */
    AlertYaml(Optional<Set<String>> sites, Optional<Set<String>> models) {
        this.sites = sites;
        this.models = models;
    }

    AlertPolicy policy(YamlValue section) {
        var said = section.mapping(SECTION);
        var usual = AlertPolicy.USUAL;
        var page = said.may("page", value -> value.as(AlertYaml::page));
        var settle = duration(said, "settle", usual.settle());
        var hold = duration(said, "hold", usual.hold());
        var repeat = duration(said, "repeat", usual.repeat());
        var quiet = duration(said, "quiet", usual.quiet());
        var silentAfter = duration(said, "silentAfter", usual.silentAfter());
        var giveUp = duration(said, "giveUp", usual.giveUp());
        return said.whole(() -> new AlertPolicy(settle, hold, repeat, quiet, silentAfter, giveUp, page));
    }

    Map<String, YamlValue> sinks(YamlValue section) {
        return section.mapping(SECTION)
                .optional("sinks")
                .map(all -> all.mapping().entries())
                .orElse(Map.of());
    }

    SinkSpec sink(String name, YamlValue value) {
        var sink = value.mapping(TargetYaml.with("minSeverity", "models", "sites"));
        var severity =
                sink.may("minSeverity", v -> v.oneOf("a severity", SEVERITIES)).orElse(AlertSeverity.INFO);
        var ofModels = filter(sink, "models", "a model of this file", models, ModelName::new);
        var ofSites = filter(sink, "sites", "a site of this file", sites, SiteId::new);
        var target = value.findings().part(() -> TargetYaml.target(value, sink));
        return sink.whole(() -> new SinkSpec(name, severity, ofModels, ofSites, target.orElseThrow()));
    }

    private static <T> Set<T> filter(
            YamlMapping sink, String key, String what, Optional<Set<String>> known, Function<String, T> parse) {
        return Set.copyOf(sink.may(
                        key, all -> all.each(one -> one.known(what, known).as(parse)))
                .orElse(List.of()));
    }

    private static Duration duration(YamlMapping section, String key, Duration usual) {
        return section.may(key, value -> value.as(YamlScalars::duration)).orElse(usual);
    }

    private static URI page(String text) {
        if (!text.matches("https?://[^\\s/@?#]+(/[^\\s?#]*)?")) {
            throw new IllegalArgumentException("'" + text + "' must be the URL of the page, like https://host/");
        }
        return URI.create(text);
    }
}
