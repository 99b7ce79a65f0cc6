package io.plumbline.contract.fleet;

import io.plumbline.contract.wire.Require;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a gateway subscribes to the topic of a stream.
 *
 * @param qos 0 or 1: with 0, what the broker sends while the gateway is away or full is lost. 2 would cost two more packets
 *     per message and prevent nothing: what comes twice with 1 is known by its event id
 * @param share name of an MQTT 5 shared subscription: each message goes to one gateway of those that name it
 */
public record Subscription(int qos, Optional<String> share) {

    /** What a stream without one has. */
    public static final Subscription USUAL = new Subscription(1, Optional.empty());

    private static final Pattern SHARE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public Subscription {
        Require.that(
                qos == 0 || qos == 1,
                "qos " + qos + " must be 0 or 1; with 1 nothing is lost, and what comes twice counts once");
        share.ifPresent(name -> Require.that(
                SHARE.matcher(name).matches(),
                "share '" + name + "' must be 1 to 64 letters, digits, dots, underscores and hyphens"));
    }

    /** The filter to subscribe to for messages of this one. */
    public String filter(String topics) {
        return share.map(name -> "$share/" + name + "/" + topics).orElse(topics);
    }
}
