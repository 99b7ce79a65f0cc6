package io.plumbline.cli.climate;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
 * The motes' side of MQTT: a connection for each, QoS 1, and one message of each on its way, since a broker promises order
 * only as far as a sender keeps it. Not thread-safe.
 */
public final class MoteFleet implements AutoCloseable {

    private static final int QOS = 1;
    private static final long PATIENCE_SECONDS = 30;

    private final String url;
    private final Map<String, Mote> motes = new HashMap<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    public MoteFleet(String url) {
        this.url = url;
    }

    /** The topic a device speaks on. */
    public static String topic(SiteId site, String device) {
        return "sites/" + site + "/motes/" + device + "/climate";
    }

    /** A connection with room for one message on its way. */
    private record Mote(MqttAsyncClient client, Semaphore room) {}

    /** Sends a reading; waits until the device's last one has been acknowledged. */
    public void send(SiteId site, DeviceId device, String payload) throws ReplayException {
        send(site, device.value(), payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends anything under a device's name, which need not be valid. */
    public void send(SiteId site, String device, byte[] payload) throws ReplayException {
        try {
            var mote = mote(site + "-" + device);
            awaitRoom(mote);
            var message = new MqttMessage(payload);
            message.setQos(QOS);
            mote.client().publish(topic(site, device), message, null, new Acknowledgement(mote.room()));
        } catch (MqttException e) {
            throw new ReplayException("the MQTT broker at " + url + " refused a message: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted while sending", e);
        }
    }

    private void awaitRoom(Mote mote) throws ReplayException, InterruptedException {
        if (!mote.room().tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new ReplayException(
                    "the MQTT broker at " + url + " has not acknowledged anything for " + PATIENCE_SECONDS + " s");
        }
        var cause = failure.get();
        if (cause != null) {
            throw new ReplayException("a message was lost on its way to the MQTT broker: " + cause.getMessage(), cause);
        }
    }

    /** Waits until the broker has taken everything. */
    public void flush() throws ReplayException {
        try {
            for (var mote : motes.values()) {
                awaitRoom(mote);
                mote.room().release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted while sending", e);
        }
    }

    private Mote mote(String name) throws MqttException {
        var known = motes.get(name);
        if (known != null) {
            return known;
        }
        var client = new MqttAsyncClient(url, "mote-" + name, new MemoryPersistence());
        var options = new MqttConnectionOptionsBuilder().cleanStart(true).build();
        client.connect(options).waitForCompletion(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        var mote = new Mote(client, new Semaphore(1));
        motes.put(name, mote);
        return mote;
    }

    @Override
    public void close() throws ReplayException {
        try {
            for (var mote : motes.values()) {
                mote.client().disconnect().waitForCompletion(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                mote.client().close();
            }
        } catch (MqttException e) {
            throw new ReplayException("the motes cannot disconnect: " + e.getMessage(), e);
        }
    }

    private final class Acknowledgement implements MqttActionListener {

        private final Semaphore room;

        private Acknowledgement(Semaphore room) {
            this.room = room;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            room.release();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            failure.compareAndSet(null, cause);
            room.release();
        }
    }
}
