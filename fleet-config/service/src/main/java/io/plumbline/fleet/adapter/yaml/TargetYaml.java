package io.plumbline.fleet.adapter.yaml;

import io.plumbline.fleet.core.spec.Secret;
import io.plumbline.fleet.core.spec.SinkTarget;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Where a sink is: the one key of it that names a kind, with what that kind needs. */
final class TargetYaml {

    private static final List<String> KINDS = List.of("webhook");
    private static final Map<String, Function<YamlValue, SinkTarget>> READERS = Map.of("webhook", TargetYaml::webhook);

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
