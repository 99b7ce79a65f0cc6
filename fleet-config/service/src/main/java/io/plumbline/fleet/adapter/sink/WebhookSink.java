package io.plumbline.fleet.adapter.sink;

import io.plumbline.contract.message.Alert;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.post.Sink;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * POSTs alerts as structured CloudEvents. With a secret the request is signed as <a
 * href="https://www.standardwebhooks.com">Standard Webhooks</a> has it: HMAC-SHA256 over id, time in seconds and body.
 */
final class WebhookSink implements Sink {

    private static final String BASE64_SECRET = "whsec_";

    private final SinkTarget.Webhook target;
    private final HttpPost http;
    private final Secrets secrets;
    private final Clock clock;

    WebhookSink(SinkTarget.Webhook target, HttpPost http, Secrets secrets, Clock clock) {
        this.target = target;
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public Delivery deliver(Alert alert) {
        var event = CloudEvent.of(alert);
        var body = event.json();
        try {
            return http.post(target.url(), headers(event, body), body);
        } catch (Secrets.MissingSecretException e) {
            return new Delivery.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, String> headers(CloudEvent event, byte[] body) throws Secrets.MissingSecretException {
        if (target.secret().isEmpty()) {
            return Map.of("Content-Type", CloudEvent.CONTENT_TYPE);
        }
        var time = Long.toString(clock.instant().getEpochSecond());
        return Map.of(
                "Content-Type",
                CloudEvent.CONTENT_TYPE,
                "webhook-id",
                event.id(),
                "webhook-timestamp",
                time,
                "webhook-signature",
                "v1," + signature(key(secrets.read(target.secret().get())), event.id() + "." + time + ".", body));
    }

    /** A secret that begins with {@code whsec_} is Base64 after that, any other is taken as it is. */
    private static byte[] key(String secret) throws Secrets.MissingSecretException {
        if (!secret.startsWith(BASE64_SECRET)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        try {
            var key = Base64.getDecoder().decode(secret.substring(BASE64_SECRET.length()));
            if (key.length > 0) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw notBase64();
        }
        throw notBase64();
    }

    private static Secrets.MissingSecretException notBase64() {
        return new Secrets.MissingSecretException("the secret begins with whsec_ and is not Base64 after that");
    }

    static String signature(byte[] key, String prefix, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256; its absence is a bug", e);
        }
    }
}
