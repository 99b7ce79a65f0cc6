package io.plumbline.gateway.adapter.mqtt;

import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.inbox.Incoming;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jboss.logging.Logger;

/**
 * One connection to the broker, from its handshake to its end; the next connection is another object with a client of its
 * own. That is on purpose: an acknowledgement names only a packet identifier, and on the next connection the broker may have
 * given that identifier to another message. Paho's automatic reconnection would send it there all the same.
 */
final class MqttLink implements MqttCallback, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MqttLink.class);
    private static final int FIRST_FAILURE = 0x80;
    private static final long ANSWER_MILLIS = 10_000;
    private static final long GOODBYE_MILLIS = 2_000;
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final MqttAsyncClient client;
    /** Empty with TLS, where Paho makes the socket and acknowledges message by message. */
    private final Optional<MqttSocket> socket;

    private final Inbox inbox;
    private final long number;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<String, Integer> subscribed = new HashMap<>();

    private MqttLink(MqttTarget target, Inbox inbox, long number) throws MqttException {
        this.client = new MqttAsyncClient(target.url(), target.clientId(), new MemoryPersistence());
        this.socket = target.url().startsWith("tcp:") ? Optional.of(new MqttSocket()) : Optional.empty();
        this.inbox = inbox;
        this.number = number;
        client.setManualAcks(true);
        client.setCallback(this);
    }

    /**
     * Connects. Messages of the session come at once, before any subscription is renewed.
     *
     * @param number tells this connection from others of this process
     * @param known filters that this process subscribed to before; forgotten if the broker has no session
     */
    static MqttLink open(MqttTarget target, Inbox inbox, long number, Map<String, Integer> known) throws MqttException {
        var link = new MqttLink(target, inbox, number);
        try {
            var token = link.client.connect(link.options(target));
            token.waitForCompletion(ANSWER_MILLIS);
            if (sessionPresent(token)) {
                link.subscribed.putAll(known);
            }
            return link;
        } catch (MqttException e) {
            link.close();
            throw e;
        }
    }

    private static boolean sessionPresent(IMqttToken token) {
        return token.getSessionPresent();
    }

    private MqttConnectionOptions options(MqttTarget target) {
        var options = new MqttConnectionOptions();
        socket.ifPresent(own -> options.setSocketFactory(new OneSocket(own)));
        options.setCleanStart(false);
        options.setSessionExpiryInterval(target.sessionExpiry().toSeconds());
        options.setReceiveMaximum(target.receiveMaximum());
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout((int) TimeUnit.MILLISECONDS.toSeconds(ANSWER_MILLIS));
        options.setAutomaticReconnect(false);
        options.setUseSubscriptionIdentifiers(false);
        return options;
    }

    /** Makes the broker send exactly what matches these filters, with at most this quality of service. */
    void subscribe(Map<String, Integer> filters) throws MqttException {
        for (var wanted : filters.entrySet()) {
            var filter = wanted.getKey();
            var qos = wanted.getValue();
            if (!qos.equals(subscribed.get(filter))) {
                var token = client.subscribe(new MqttSubscription(filter, qos));
                token.waitForCompletion(ANSWER_MILLIS);
                requireGranted(filter, token);
                subscribed.put(filter, qos);
                LOG.infof("mqtt-subscribed filter=%s qos=%d", filter, qos);
            }
        }
        for (var filter : Set.copyOf(subscribed.keySet())) {
            if (!filters.containsKey(filter)) {
                client.unsubscribe(filter).waitForCompletion(ANSWER_MILLIS);
                subscribed.remove(filter);
                LOG.infof("mqtt-unsubscribed filter=%s", filter);
            }
        }
    }

    /** Paho reports a refused subscription as a success; the message of its own exception would only be a number. */
    private static void requireGranted(String filter, IMqttToken token) throws MqttException {
        var codes = token.getReasonCodes();
        for (var code : codes == null ? new int[0] : codes) {
            if (code >= FIRST_FAILURE) {
                throw new MqttException(new IllegalStateException("the broker refuses the subscription to '" + filter
                        + "', reason code " + code + "; allow this client to read the topic"));
            }
        }
    }

    Map<String, Integer> subscribed() {
        return Map.copyOf(subscribed);
    }

    /** Waits for the end of the connection; true if it ended within that time. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws InterruptedException, MqttException {
        var packet = message.getQos() == 0 ? 0 : message.getId();
        var delivery =
                new Incoming.Delivery(packet, number, Instant.now(), () -> acknowledge(packet, message.getQos()));
        if (!inbox.deliver(new Incoming(topic, message.getPayload(), delivery, properties(message)))) {
            // Ends the connection. The broker keeps the message for the next.
            throw new MqttException(new IllegalStateException("too many bytes wait to be answered"));
        }
    }

    private static Map<String, String> properties(MqttMessage message) {
        var given =
                message.getProperties() == null ? null : message.getProperties().getUserProperties();
        if (given == null || given.isEmpty()) {
            return Map.of();
        }
        var properties = new HashMap<String, String>();
        given.forEach(property -> properties.put(property.getKey(), property.getValue()));
        return properties;
    }

    private void acknowledge(int packet, int qos) {
        if (qos == 0 || ended.getCount() == 0) {
            return;
        }
        if (socket.isPresent()) {
            socket.get().acknowledge(packet);
            return;
        }
        try {
            client.messageArrivedComplete(packet, qos);
        } catch (MqttException e) {
            // The connection is gone: the broker will send the message again, and it will be known.
            LOG.debugf("mqtt-acknowledgement-lost packet=%d reason=%s", packet, e.getMessage());
        }
    }

    /** Sends the acknowledgements of a batch. */
    void settle() {
        try {
            if (socket.isPresent()) {
                socket.get().flush();
            }
        } catch (IOException e) {
            // As above.
            LOG.debugf("mqtt-acknowledgements-lost reason=%s", e.getMessage());
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        LOG.warnf("mqtt-disconnected reason=%s", reason(response));
        ended.countDown();
    }

    private static String reason(MqttDisconnectResponse response) {
        var said = response.getReasonString();
        return said != null ? said : String.valueOf(response.getException());
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        LOG.warnf("mqtt-error reason=%s", exception.getMessage());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // Nothing is published.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        LOG.infof("mqtt-connected url=%s", serverUri);
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // No extended authentication is asked for.
    }

    /** Ends the connection; the session stays on the broker. */
    @Override
    public void close() {
        ended.countDown();
        try {
            if (client.isConnected()) {
                client.disconnect(GOODBYE_MILLIS).waitForCompletion(GOODBYE_MILLIS);
            }
        } catch (MqttException e) {
            LOG.debugf("mqtt-goodbye-failed reason=%s", e.getMessage());
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            LOG.debugf("mqtt-close-failed reason=%s", e.getMessage());
        }
    }
}
