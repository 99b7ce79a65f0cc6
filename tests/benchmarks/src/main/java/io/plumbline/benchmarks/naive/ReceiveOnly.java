package io.plumbline.benchmarks.naive;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Takes messages and does nothing: the limit of the MQTT client. Arguments: MQTT url, topic filter, messages per round. */
public final class ReceiveOnly {

    private ReceiveOnly() {}

    public static void main(String[] args) throws MqttException {
        var round = Long.parseLong(args[2]);
        var taken = new AtomicLong();
        Subscription.open(args[0], "receive-only", args[1], (topic, payload) -> {
            if (taken.incrementAndGet() % round == 0) {
                System.out.println("ROUND");
                System.out.flush();
            }
        });
        System.out.println("READY");
    }
}
