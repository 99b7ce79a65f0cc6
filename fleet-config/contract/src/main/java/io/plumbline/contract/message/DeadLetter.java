package io.plumbline.contract.message;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.contract.wire.Require;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refused payload. The Kafka value is the payload as it came; everything here travels in the record's headers, so that
 * the payload stays untouched. Key = the source topic.
 *
 * @param detail one line that names the field or value
 * @param source the MQTT topic it came from
 */
public record DeadLetter(
        DeadLetterReason reason,
        String detail,
        String source,
        GatewayId gateway,
        SiteId site,
        StreamId stream,
        Instant receivedAt) {

    public DeadLetter {
        Require.notEmpty("source", source);
    }

    /** The record headers, in UTF-8 text. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("reason", reason.name());
        headers.put("detail", detail);
        headers.put("source", source);
        headers.put("gateway", gateway.value());
        headers.put("site", site.value());
        headers.put("stream", stream.value());
        headers.put("received-at", receivedAt.toString());
        return headers;
    }

    /** @throws MalformedMessageException if a header is missing or breaks its rule */
    public static DeadLetter from(Map<String, String> headers) {
        return Require.wellFormed(
                "DeadLetter",
                () -> new DeadLetter(
                        DeadLetterReason.valueOf(header(headers, "reason")),
                        header(headers, "detail"),
                        header(headers, "source"),
                        new GatewayId(header(headers, "gateway")),
                        new SiteId(header(headers, "site")),
                        new StreamId(header(headers, "stream")),
                        Instant.parse(header(headers, "received-at"))));
    }

    private static String header(Map<String, String> headers, String name) {
        var value = headers.get(name);
        if (value == null) {
            throw new MalformedMessageException("DeadLetter: header '" + name + "' is missing");
        }
        return value;
    }
}
