package io.plumbline.fleet.adapter.sink;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.post.Sink;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells an Alertmanager by {@code POST /api/v2/alerts}. What identifies an alert there are its labels, so they never change while it
 * lives; everything else is an annotation. An open alert ends there by itself some minutes after it was last renewed.
 */
final class AlertmanagerSink implements Sink {

    private static final Duration RENEWAL = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final SinkTarget.Alertmanager target;
    private final HttpPost http;
    private final Secrets secrets;
    private final Clock clock;

    AlertmanagerSink(SinkTarget.Alertmanager target, HttpPost http, Secrets secrets, Clock clock) {
        this.target = target;
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** An alert in the form of the API. */
    private record Posted(
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant startsAt,
            Instant endsAt,
            Optional<String> generatorURL) {}

    @Override
    public Delivery deliver(Alert alert) {
        return post(List.of(alert));
    }

    @Override
    public Optional<Duration> renewal() {
        return Optional.of(RENEWAL);
    }

    @Override
    public Delivery renew(List<Alert> open) {
        return post(open);
    }

    private Delivery post(List<Alert> alerts) {
        var headers = new TreeMap<String, String>();
        headers.put("Content-Type", "application/json");
        try {
            if (target.token().isPresent()) {
                headers.put(
                        "Authorization", "Bearer " + secrets.read(target.token().get()));
            }
        } catch (Secrets.MissingSecretException e) {
            return new Delivery.Unreachable(String.valueOf(e.getMessage()));
        }
        return http.post(
                endpoint(),
                headers,
                Json.encode(alerts.stream().map(this::posted).toList()));
    }

    private URI endpoint() {
        var base = target.url().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v2/alerts");
    }

    private Posted posted(Alert alert) {
        var ends = alert.resolved()
                .map(Alert.Resolution::at)
                .orElseGet(() -> clock.instant().plus(LIFE));
        return new Posted(
                labels(alert),
                annotations(alert),
                alert.openedAt(),
                // After a clock was set back it would be refused, and never end there.
                ends.isBefore(alert.openedAt()) ? alert.openedAt() : ends,
                alert.proof().link());
    }

    private static Map<String, String> labels(Alert alert) {
        var labels = new TreeMap<String, String>();
        labels.put("alertname", "Plumbline" + camel(alert.kind().name()));
        labels.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
        labels.put("plumbline_id", alert.id());
        var subject = alert.subject();
        subject.model().map(ModelName::value).ifPresent(model -> labels.put("model", model));
        subject.build().map(Digest::value).ifPresent(build -> labels.put("build", build));
        subject.site().map(SiteId::value).ifPresent(site -> labels.put("site", site));
        subject.gateway().map(GatewayId::value).ifPresent(gateway -> labels.put("gateway", gateway));
        return labels;
    }

    private static Map<String, String> annotations(Alert alert) {
        var annotations = new TreeMap<String, String>();
        annotations.put("summary", alert.because());
        annotations.put("description", AlertText.evidence(alert));
        alert.proof().command().ifPresent(command -> annotations.put("command", command));
        alert.acknowledged().ifPresent(by -> annotations.put("acknowledged_by", by.by()));
        alert.resolved().ifPresent(over -> annotations.put("resolved_because", over.because()));
        return annotations;
    }

    private static String camel(String name) {
        return Arrays.stream(name.split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
