package io.plumbline.fleet.core.spec;

import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.ModelPolicy;
import io.plumbline.contract.wire.Require;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.rollout.policy.RolloutPolicy;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole declared fleet, consistent in itself. Maps keep the order of the file.
 *
 * @param models the build each model starts with; rollouts change what runs afterwards
 */
public record FleetSpec(
        Map<SiteId, Site> sites,
        Map<ModelName, Digest> models,
        Map<StreamId, StreamSpec> streams,
        RolloutPolicy rollout,
        AlertSpec alerts,
        JudgingSpec judging) {

    /** The label that says what kind of machine a gateway is. */
    private static final String HARDWARE = "hardware";

    public FleetSpec {
        sites = ordered(sites);
        models = ordered(models);
        streams = ordered(streams);
        requireOneSiteEach(sites);
        var all = streams;
        streams.forEach((name, stream) -> requireOneSubscription(name, stream, all));
        streams.forEach((name, stream) -> requireOneSourceEach(name, stream, all));
        for (var stream : streams.entrySet()) {
            Require.that(
                    models.containsKey(stream.getValue().model()),
                    "model '" + stream.getValue().model() + "' of stream '" + stream.getKey() + "' must be declared");
        }
        var gateways = sites.values().stream()
                .flatMap(site -> site.gateways().stream())
                .collect(Collectors.toSet());
        Stream.concat(Stream.of(rollout), judging.rollouts())
                .flatMap(policy -> policy.canary().stream())
                .forEach(canary -> Require.that(
                        gateways.contains(canary), "canary '" + canary + "' must be a gateway of the fleet"));
    }

    /**
     * The same fleet, as a file declares it: that a gateway may go which came by invitation, and a stream then has none, is no mistake of
     * the file.
     *
     * @throws IllegalArgumentException that names a stream that is for no gateway, and for none that may come
     */
    public FleetSpec declared() {
        streams.forEach((name, stream) -> Require.that(
                stream.gateways().equals(Selector.EVERY)
                        || running(stream, sites).findAny().isPresent()
                        || sites.entrySet().stream().anyMatch(site -> mayRun(stream, site.getKey(), site.getValue())),
                "stream '" + name + "' is for no gateway: none has all of the labels " + stream.gateways()));
        return this;
    }

    /** Of a site that leaves its gateways to invitations nobody knows yet what else they are. */
    private static boolean mayRun(StreamSpec stream, SiteId site, Site members) {
        return members.gateways().isEmpty()
                && stream.gateways().maySelect(Labels.all(site, members.labels(), Map.of()));
    }

    /** The same fleet with these gateways too, but for those that it has already and those on sites that it does not have. */
    public FleetSpec joinedBy(List<Joiner> joiners) {
        var known = new HashSet<>(gateways());
        var bySite = joiners.stream()
                .filter(joiner -> sites.containsKey(joiner.site()) && !known.contains(joiner.gateway()))
                .collect(Collectors.groupingBy(Joiner::site));
        if (bySite.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<SiteId, Site>();
        sites.forEach((name, site) -> all.put(name, site.joinedBy(bySite.getOrDefault(name, List.of()))));
        return new FleetSpec(all, models, streams, rollout, alerts, judging);
    }

    /** What a rollout of a model must prove. */
    public RolloutPolicy rollout(ModelName model) {
        return judging.rollout(model).orElse(rollout);
    }

    /** What the file says of how its models are judged; none of a model of which it says nothing. */
    public List<ModelPolicy> policies() {
        return models.keySet().stream()
                .map(judging::of)
                .filter(policy -> !policy.settings().isEmpty())
                .toList();
    }

    /** Every gateway, in the order of the file. */
    public List<GatewayId> gateways() {
        return sites.values().stream().flatMap(site -> site.gateways().stream()).toList();
    }

    /** The site of a gateway; empty if the gateway is not in the fleet. */
    public Optional<SiteId> siteOf(GatewayId gateway) {
        return sites.entrySet().stream()
                .filter(site -> site.getValue().gateways().contains(gateway))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The labels of a gateway of a site, the site among them. */
    public Map<String, String> labels(SiteId site, GatewayId gateway) {
        var members = sites.get(site);
        return members == null ? Map.of() : labels(site, members, gateway);
    }

    /** What kind of machine a gateway of a site is, by its label; empty where it has none. */
    public Optional<String> hardware(SiteId site, GatewayId gateway) {
        return Optional.ofNullable(labels(site, gateway).get(HARDWARE));
    }

    /** The gateways of a site that run a stream, in the order of the file. */
    public List<GatewayId> running(StreamSpec stream, SiteId site) {
        var members = sites.get(site);
        return members == null ? List.of() : running(stream, site, members).toList();
    }

    private static Stream<GatewayId> running(StreamSpec stream, Map<SiteId, Site> sites) {
        return sites.entrySet().stream().flatMap(site -> running(stream, site.getKey(), site.getValue()));
    }

    private static Stream<GatewayId> running(StreamSpec stream, SiteId site, Site members) {
        return members.gateways().stream().filter(gateway -> stream.gateways().selects(labels(site, members, gateway)));
    }

    private static Map<String, String> labels(SiteId site, Site members, GatewayId gateway) {
        return Labels.all(site, members.labels(), members.own().getOrDefault(gateway, Map.of()));
    }

    /** The streams that a model answers. */
    public List<StreamId> streamsOf(ModelName model) {
        return streams.entrySet().stream()
                .filter(stream -> stream.getValue().model().equals(model))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void requireOneSiteEach(Map<SiteId, Site> sites) {
        var gateways = new HashSet<GatewayId>();
        var devices = new HashSet<DeviceId>();
        for (var site : sites.values()) {
            site.gateways()
                    .forEach(id -> Require.that(gateways.add(id), "gateway '" + id + "' must be on one site only"));
            site.devices().forEach(id -> Require.that(devices.add(id), "device '" + id + "' must be on one site only"));
        }
    }

    /** A broker that matches a message with two subscriptions may send it twice, or to two gateways. */
    private static void requireOneSubscription(StreamId name, StreamSpec stream, Map<StreamId, StreamSpec> all) {
        all.forEach((other, beside) -> Require.that(
                !stream.topic().overlaps(beside.topic())
                        || stream.subscription().equals(beside.subscription()),
                "streams '" + name + "' and '" + other
                        + "' take the same topics, so give both the same qos and share"));
    }

    /** What one stream fetches, the others of the topic get too. */
    private static void requireOneSourceEach(StreamId name, StreamSpec stream, Map<StreamId, StreamSpec> all) {
        var devices = stream.sources().stream().map(CameraSource::device).toList();
        all.forEach(
                (other, beside) -> Require.that(
                        name.equals(other)
                                || !stream.topic().overlaps(beside.topic())
                                || beside.sources().stream()
                                        .map(CameraSource::device)
                                        .noneMatch(devices::contains),
                        "streams '" + name + "' and '" + other
                                + "' take the same topics, so give the source of a device to one of them; both get its frames"));
    }

    private static <K, V> Map<K, V> ordered(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
