package io.plumbline.fleet.adapter.mqtt;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.post.Sink;
import io.plumbline.fleet.core.spec.alert.MqttTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * Publishes each alert as a retained message, quality of service 1, under its id. One that is over stays for a day, so that who was
 * away learns of it, and is forgotten by the broker then.
 */
public final class MqttSink implements Sink {

    private static final int FIRST_FAILURE = 0x80;
    private static final Duration HISTORY = Duration.ofDays(1);
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final MqttTarget target;
    private final Secrets secrets;
    private final Duration patience;
    private final String clientId =
            "plumbline-alerts-" + UUID.randomUUID().toString().substring(0, 8);
    /** Null while there is no connection; a broken one is never mended but replaced. */
    private @Nullable MqttAsyncClient client;

    /** @param patience how long the broker may take for each answer */
    public MqttSink(MqttTarget target, Secrets secrets, Duration patience) {
        this.target = target;
        this.secrets = secrets;
        this.patience = patience;
    }

    @Override
    public Delivery deliver(Alert alert) {
        try {
            return publish(connected(), alert);
        } catch (MqttException e) {
            close();
            return new Delivery.Unreachable(target.url() + " does not take it: " + sentence(e));
        } catch (Secrets.MissingSecretException e) {
            return new Delivery.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    private Delivery publish(MqttAsyncClient connected, Alert alert) throws MqttException {
        var message = new MqttMessage(Json.encode(alert), 1, true, properties(alert));
        var topic = target.topic() + "/" + alert.id();
        var token = connected.publish(topic, message);
        token.waitForCompletion(patience.toMillis());
        var codes = token.getReasonCodes();
        for (var code : codes == null ? new int[0] : codes) {
            if (code >= FIRST_FAILURE) {
                return new Delivery.Refused(target.url() + " refuses topic " + topic + ", reason code " + code);
            }
        }
        return new Delivery.Done();
    }

    private static MqttProperties properties(Alert alert) {
        var properties = new MqttProperties();
        properties.setContentType("application/json");
        if (!alert.open()) {
            properties.setMessageExpiryInterval(HISTORY.toSeconds());
        }
        return properties;
    }

    private MqttAsyncClient connected() throws MqttException, Secrets.MissingSecretException {
        if (client != null && client.isConnected()) {
            return client;
        }
        close();
        var options = options();
        var fresh = new MqttAsyncClient(target.url().toString(), clientId, new MemoryPersistence());
        client = fresh;
        fresh.connect(options).waitForCompletion(patience.toMillis());
        return fresh;
    }

    private MqttConnectionOptions options() throws Secrets.MissingSecretException {
        var options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout((int) Math.max(1, patience.toSeconds()));
        if (target.login().user().isPresent() && target.login().password().isPresent()) {
            options.setUserName(target.login().user().get());
            options.setPassword(secrets.read(target.login().password().get()).getBytes(StandardCharsets.UTF_8));
        }
        return options;
    }

    private static String sentence(MqttException e) {
        var cause = e.getCause();
        return "reason code " + e.getReasonCode() + ", " + (cause == null ? e.getMessage() : cause.toString());
    }

    @Override
    public void close() {
        var old = client;
        client = null;
        if (old == null) {
            return;
        }
        try {
            old.disconnectForcibly(0, patience.toMillis(), true);
            old.close(true);
        } catch (MqttException e) {
            // It was broken already.
            try {
                old.close(true);
            } catch (MqttException again) {
                // Nothing is left to be closed.
                return;
            }
        }
    }
}
