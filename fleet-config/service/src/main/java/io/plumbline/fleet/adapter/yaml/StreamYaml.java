package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.fleet.Frames;
import io.plumbline.contract.fleet.GlimpseGrant;
import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.fleet.SampleGrant;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.contract.fleet.Windowing;
import io.plumbline.contract.id.ModelName;
import io.plumbline.fleet.core.spec.Selector;
import io.plumbline.fleet.core.spec.StreamSpec;
import io.plumbline.fleet.core.spec.TopicTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One of the {@code streams}. */
final class StreamYaml {

    private static final List<String> KEYS = List.of(
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
            "rehearsal",
            "samples",
            "glimpses",
            "gateways");
    private static final Map<String, Frames> FRAMES = Map.of("every", Frames.EVERY, "latest", Frames.LATEST);

    private final Optional<Set<String>> models;
    private final Optional<Set<String>> devices;
    private final Map<String, Set<String>> labels;
    private final boolean allLabelsKnown;

    /**
     * The names that the file has; empty if they cannot be told.
     *
     * @param sites that have been read, for the labels of their gateways
     */
    StreamYaml(Optional<Set<String>> models, Optional<Set<String>> devices, SiteYaml sites) {
        this.models = models;
        this.devices = devices;
        this.labels = sites.labels();
        this.allLabelsKnown = sites.namesGateways();
    }

    StreamSpec stream(YamlValue value) {
        var stream = value.mapping(KEYS);
        var topic = stream.need("topic", v -> v.as(TopicTemplate::new));
        var model = stream.need(
                "model", v -> v.known("a model of this file", models).as(ModelName::new));
        double share = stream.may("shadowShare", v -> v.as(YamlScalars::ratio)).orElse(0.1);
        var window = stream.may("statsWindow", v -> v.as(YamlScalars::duration)).orElse(Duration.ofMinutes(5));
        var frames = stream.may("frames", v -> v.oneOf("a choice of frames", FRAMES));
        var payload = stream.may("payload", PayloadYaml::layout);
        var subscription = subscription(stream);
        var sources = stream.may("sources", v -> SourceYaml.sources(v, devices)).orElse(List.of());
        var windowing = windowing(stream);
        var rehearsal = stream.may("rehearsal", StreamYaml::rehearsal);
        var samples = stream.may("samples", StreamYaml::samples);
        var glimpses = stream.may("glimpses", StreamYaml::glimpses);
        var gateways = stream.may("gateways", this::selector).orElse(Selector.EVERY);
        return stream.whole(() -> new StreamSpec(
                topic.orElseThrow(),
                model.orElseThrow(),
                share,
                window,
                frames,
                payload,
                subscription,
                sources,
                windowing,
                rehearsal,
                samples,
                glimpses,
                gateways));
    }

    private Selector selector(YamlValue value) {
        var mapping = value.mapping();
        var wanted = new TreeMap<String, Set<String>>();
        mapping.named()
                .forEach((label, values) -> value.findings()
                        .part(() -> label.known("a label of a gateway of this file", labels())
                                .text())
                        .ifPresent(name -> wanted.put(name, values(name, values))));
        return mapping.whole(() -> new Selector(wanted));
    }

    /** Where all gateways come by invitation, so do their labels. */
    private Optional<Set<String>> labels() {
        return Optional.of(labels.keySet()).filter(all -> allLabelsKnown);
    }

    private Set<String> values(String label, YamlValue value) {
        var some = value.isList() ? value.elements() : List.of(value);
        return some.stream()
                .flatMap(one -> value
                        .findings()
                        .part(() -> one.known(
                                        "a value of label '" + label + "' in this file",
                                        Optional.ofNullable(labels.get(label)))
                                .text())
                        .stream())
                .collect(Collectors.toSet());
    }

    /** None where nothing is said of it, so that what was assigned before stays as it is. */
    private static Optional<Subscription> subscription(YamlMapping stream) {
        var usual = Subscription.USUAL;
        var qos = stream.may("qos", v -> v.as(text -> new Subscription(YamlScalars.whole(text), usual.share())));
        var share = stream.may("share", v -> v.as(text -> new Subscription(usual.qos(), Optional.of(text))));
        var said = new Subscription(qos.orElse(usual).qos(), share.orElse(usual).share());
        return Optional.of(said).filter(one -> !one.equals(usual));
    }

    /** As with the subscription. */
    private static Optional<Windowing> windowing(YamlMapping stream) {
        var usual = Windowing.USUAL;
        var stride = stream.may("stride", v -> v.as(text -> new Windowing(YamlScalars.whole(text), usual.lateness())));
        var lateness = stream.may(
                "lateness", v -> v.as(text -> new Windowing(usual.stride(), Optional.of(YamlScalars.duration(text)))));
        var said = new Windowing(
                stride.orElse(usual).stride(), lateness.orElse(usual).lateness());
        return Optional.of(said).filter(one -> !one.equals(usual));
    }

    private static SampleGrant samples(YamlValue value) {
        var said = value.mapping(List.of("windows", "bytes"));
        int windows = said.may("windows", v -> v.as(YamlScalars::whole)).orElse(64);
        int bytes = said.may("bytes", v -> v.as(YamlScalars::whole)).orElse(1_000_000);
        return said.whole(() -> new SampleGrant(windows, bytes));
    }

    private static GlimpseGrant glimpses(YamlValue value) {
        var said = value.mapping(List.of("every", "pixels"));
        var every = said.may("every", v -> v.as(YamlScalars::duration)).orElse(Duration.ofSeconds(5));
        int pixels = said.may("pixels", v -> v.as(YamlScalars::whole)).orElse(480);
        return said.whole(() -> new GlimpseGrant(every, pixels));
    }

    private static Rehearsal rehearsal(YamlValue value) {
        var said = value.mapping(List.of("inputs", "minAgreement", "within"));
        int inputs = said.may("inputs", v -> v.as(YamlScalars::whole)).orElse(200);
        double agreement =
                said.may("minAgreement", v -> v.as(YamlScalars::ratio)).orElse(0.97);
        var within = said.may("within", v -> v.as(YamlScalars::duration)).orElse(Duration.ofMinutes(10));
        return said.whole(() -> new Rehearsal(inputs, agreement, within));
    }
}
