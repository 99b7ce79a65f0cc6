package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.wire.Require;
import io.plumbline.fleet.core.spec.alert.Login;
import io.plumbline.fleet.core.spec.alert.MailTarget;
import io.plumbline.fleet.core.spec.alert.MailTarget.Security;
import io.plumbline.fleet.core.spec.alert.MqttTarget;
import io.plumbline.fleet.core.spec.alert.Secret;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Where a sink is: the one key of it that names a kind, with what that kind needs. */
final class TargetYaml {

    private static final List<String> KINDS = List.of("webhook", "alertmanager", "mqtt", "mail");
    private static final Map<String, Function<YamlValue, SinkTarget>> READERS = Map.of(
            "webhook", TargetYaml::webhook,
            "alertmanager", TargetYaml::alertmanager,
            "mqtt", TargetYaml::mqtt,
            "mail", TargetYaml::mail);
    private static final Map<String, Security> SECURITIES =
            Map.of("none", Security.NONE, "starttls", Security.STARTTLS, "tls", Security.TLS);

    private TargetYaml() {}

    /** The keys of a sink. */
    static List<String> with(String... others) {
        return Stream.concat(KINDS.stream(), Stream.of(others)).toList();
    }

    static SinkTarget target(YamlValue value, YamlMapping sink) {
        var said =
                KINDS.stream().filter(kind -> sink.optional(kind).isPresent()).toList();
        if (said.isEmpty() && sink.isBroken()) {
            throw SpecProblemException.noted();
        }
        if (said.size() != 1) {
            throw value.problem("must have one of " + String.join(", ", KINDS) + ", not "
                    + (said.isEmpty() ? "none" : String.join(" and ", said)));
        }
        var kind = said.get(0);
        var reader = READERS.get(kind);
        if (reader == null) {
            throw new IllegalStateException("a kind of sink without a reader is a bug: " + kind);
        }
        return reader.apply(sink.required(kind));
    }

    private static SinkTarget webhook(YamlValue value) {
        var webhook = value.mapping(List.of("url", "secret"));
        var url = webhook.need("url", v -> v.as(text -> new SinkTarget.Webhook(url(text), Optional.empty()).url()));
        var secret = webhook.may("secret", TargetYaml::secret);
        return webhook.whole(() -> new SinkTarget.Webhook(url.orElseThrow(), secret));
    }

    private static SinkTarget alertmanager(YamlValue value) {
        var alertmanager = value.mapping(List.of("url", "token"));
        var url = alertmanager.need(
                "url", v -> v.as(text -> new SinkTarget.Alertmanager(url(text), Optional.empty()).url()));
        var token = alertmanager.may("token", TargetYaml::secret);
        return alertmanager.whole(() -> new SinkTarget.Alertmanager(url.orElseThrow(), token));
    }

    private static SinkTarget mqtt(YamlValue value) {
        var mqtt = value.mapping(List.of("url", "topic", "user", "password"));
        var url = mqtt.need("url", v -> v.as(TargetYaml::url));
        var topic = mqtt.may("topic", YamlValue::text).orElse("plumbline/alerts");
        var login = login(mqtt);
        return mqtt.whole(() -> new MqttTarget(url.orElseThrow(), topic, login.get()));
    }

    private static SinkTarget mail(YamlValue value) {
        var mail = value.mapping(List.of("host", "port", "security", "user", "password", "from", "to"));
        var host = mail.need("host", YamlValue::text);
        var security =
                mail.may("security", v -> v.oneOf("a security", SECURITIES)).orElse(Security.STARTTLS);
        int port = mail.may("port", v -> v.as(YamlScalars::whole)).orElse(security.usualPort());
        var login = login(mail);
        var from = mail.need("from", YamlValue::text);
        var to = mail.need("to", v -> v.each(YamlValue::text));
        return mail.whole(() ->
                new MailTarget(host.orElseThrow(), port, security, login.get(), from.orElseThrow(), to.orElseThrow()));
    }

    private static Supplier<Login> login(YamlMapping target) {
        var user = target.may("user", YamlValue::text);
        var password = target.may("password", TargetYaml::secret);
        return () -> new Login(user, password);
    }

    /** Never the secret itself. */
    private static Secret secret(YamlValue value) {
        if (value.isScalar()) {
            throw value.problem(
                    "must not be written here, where many read it; say {env: VARIABLE} or {file: /absolute/path}");
        }
        var secret = value.mapping(List.of("env", "file"));
        var variable = secret.may("env", v -> v.<Secret>as(Secret.InEnvironment::new));
        var file = secret.may("file", v -> v.<Secret>as(Secret.InFile::new));
        return secret.whole(() -> {
            Require.that(variable.isPresent() != file.isPresent(), "must be {env: VARIABLE} or {file: /absolute/path}");
            return variable.or(() -> file).orElseThrow();
        });
    }

    private static URI url(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' must be a URL like https://host/path", e);
        }
    }
}
