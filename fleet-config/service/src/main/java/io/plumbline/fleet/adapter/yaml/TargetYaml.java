package io.plumbline.fleet.adapter.yaml;

import io.plumbline.fleet.core.spec.alert.Login;
import io.plumbline.fleet.core.spec.alert.MailTarget;
import io.plumbline.fleet.core.spec.alert.MailTarget.Security;
import io.plumbline.fleet.core.spec.alert.MqttTarget;
import io.plumbline.fleet.core.spec.alert.Secret;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
        var url = webhook.required("url");
        var address = url.as(TargetYaml::url);
        var secret = webhook.optional("secret").map(TargetYaml::secret);
        return url.whole(() -> new SinkTarget.Webhook(address, secret));
    }

    private static SinkTarget alertmanager(YamlValue value) {
        var alertmanager = value.mapping(List.of("url", "token"));
        var url = alertmanager.required("url");
        var address = url.as(TargetYaml::url);
        var token = alertmanager.optional("token").map(TargetYaml::secret);
        return url.whole(() -> new SinkTarget.Alertmanager(address, token));
    }

    private static SinkTarget mqtt(YamlValue value) {
        var mqtt = value.mapping(List.of("url", "topic", "user", "password"));
        var url = mqtt.required("url").as(TargetYaml::url);
        var topic = mqtt.optional("topic").map(YamlValue::text).orElse("plumbline/alerts");
        var login = login(value, mqtt);
        return value.whole(() -> new MqttTarget(url, topic, login));
    }

    private static SinkTarget mail(YamlValue value) {
        var mail = value.mapping(List.of("host", "port", "security", "user", "password", "from", "to"));
        var host = mail.required("host").text();
        var security = mail.optional("security").map(TargetYaml::security).orElse(Security.STARTTLS);
        int port = mail.optional("port").map(v -> v.as(YamlScalars::whole)).orElse(security.usualPort());
        var login = login(value, mail);
        var from = mail.required("from").text();
        var to = mail.required("to").elements().stream().map(YamlValue::text).toList();
        return value.whole(() -> new MailTarget(host, port, security, login, from, to));
    }

    private static Security security(YamlValue value) {
        var found = SECURITIES.get(value.text());
        if (found == null) {
            throw value.unknown("known here", value.text(), List.of("none", "starttls", "tls"));
        }
        return found;
    }

    private static Login login(YamlValue value, YamlMapping target) {
        var user = target.optional("user").map(YamlValue::text);
        var password = target.optional("password").map(TargetYaml::secret);
        return value.whole(() -> new Login(user, password));
    }

    /** Never the secret itself. */
    private static Secret secret(YamlValue value) {
        if (value.isScalar()) {
            throw value.problem(
                    "must not be written here, where many read it; say {env: VARIABLE} or {file: /absolute/path}");
        }
        var secret = value.mapping(List.of("env", "file"));
        var variable = secret.optional("env");
        var file = secret.optional("file");
        if (variable.isPresent() == file.isPresent()) {
            throw value.problem("must be {env: VARIABLE} or {file: /absolute/path}");
        }
        return variable.<Secret>map(one -> one.as(Secret.InEnvironment::new))
                .orElseGet(() -> secret.required("file").as(Secret.InFile::new));
    }

    private static URI url(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' must be a URL like https://host/path", e);
        }
    }
}
