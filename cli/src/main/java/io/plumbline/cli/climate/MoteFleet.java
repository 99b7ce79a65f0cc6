package io.plumbline.cli.climate;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptionsBuilder;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * The motes' side of MQTT: one connection per site, QoS 1, a bounded number of messages on their way. Not thread-safe;
 * {@link #acknowledged} may be read by anyone.
 */
public final class MoteFleet implements AutoCloseable {

    private static final int IN_FLIGHT = 200;
    private static final int QOS = 1;
    private static final long PATIENCE_SECONDS = 30;

    private final String url;
    private final Map<SiteId, MqttAsyncClient> clients = new HashMap<>();
    private final Semaphore onTheirWay = new Semaphore(IN_FLIGHT);
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    public MoteFleet(String url) {
        this.url = url;
    }

    /** The topic a device speaks on. */
    public static String topic(SiteId site, String device) {
        return "sites/" + site + "/motes/" + device + "/climate";
    }

    /** Sends a reading; waits when too many are on their way. */
    public void send(SiteId site, DeviceId device, String payload) throws ReplayException {
        send(site, device.value(), payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends anything under a device's name, which need not be valid. */
    public void send(SiteId site, String device, byte[] payload) throws ReplayException {
        try {
            if (!onTheirWay.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ReplayException(
                        "the MQTT broker at " + url + " has not acknowledged anything for " + PATIENCE_SECONDS + " s");
            }
            requireNoFailure();
            var message = new MqttMessage(payload);
            message.setQos(QOS);
            client(site).publish(topic(site, device), message, null, new Acknowledgement());
        } catch (MqttException e) {
            throw new ReplayException("the MQTT broker at " + url + " refused a message: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted while sending", e);
        }
    }

    /** Waits until the broker has taken everything. */
    public void flush() throws ReplayException {
        try {
            if (!onTheirWay.tryAcquire(IN_FLIGHT, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ReplayException("the MQTT broker still has not acknowledged "
                        + (IN_FLIGHT - onTheirWay.availablePermits()) + " messages");
            }
            onTheirWay.release(IN_FLIGHT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted while sending", e);
        }
        requireNoFailure();
    }

    /** Messages the broker has taken. */
    public long acknowledged() {
        return acknowledged.get();
    }

    private void requireNoFailure() throws ReplayException {
        var cause = failure.get();
        if (cause != null) {
            throw new ReplayException("a message was lost on its way to the MQTT broker: " + cause.getMessage(), cause);
        }
    }

    private MqttAsyncClient client(SiteId site) throws MqttException {
        var known = clients.get(site);
        if (known != null) {
            return known;
        }
        var client = new MqttAsyncClient(url, "motes-" + site, new MemoryPersistence());
        var options = new MqttConnectionOptionsBuilder().cleanStart(true).build();
        options.setMaxReconnectDelay(1000);
        client.connect(options).waitForCompletion(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        clients.put(site, client);
        return client;
    }

    @Override
    public void close() throws ReplayException {
        try {
            for (var client : clients.values()) {
                client.disconnect().waitForCompletion(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                client.close();
            }
        } catch (MqttException e) {
            throw new ReplayException("the motes cannot disconnect: " + e.getMessage(), e);
        }
    }

    private final class Acknowledgement implements MqttActionListener {

        @Override
        public void onSuccess(IMqttToken token) {
            acknowledged.incrementAndGet();
            onTheirWay.release();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            failure.compareAndSet(null, cause);
            onTheirWay.release();
        }
    }
}
