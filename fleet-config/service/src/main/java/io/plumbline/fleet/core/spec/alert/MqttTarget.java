package io.plumbline.fleet.core.spec.alert;

import io.plumbline.contract.wire.Require;
import java.net.URI;
import java.util.Set;

/**
 * MQTT 5: one retained message per alert, under its id.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port}
 * @param topic what is before the id
 */
public record MqttTarget(URI url, String topic, Login login) implements SinkTarget {

    private static final Set<String> SCHEMES = Set.of("tcp", "ssl");

    public MqttTarget {
        Require.that(
                url.getScheme() != null
                        && SCHEMES.contains(url.getScheme())
                        && url.getHost() != null
                        && url.getPort() > 0
                        && url.getRawUserInfo() == null
                        && url.getRawPath().isEmpty(),
                "the URL of a broker must look like tcp://host:1883 or ssl://host:8883");
        Require.that(
                topic.matches("[^+#$/\\x00-\\x1f]([^+#\\x00-\\x1f]*[^+#/\\x00-\\x1f])?"),
                "topic '" + topic + "' must be levels like plumbline/alerts, without wildcards");
    }
}
