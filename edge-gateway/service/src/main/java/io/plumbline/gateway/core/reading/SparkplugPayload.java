package io.plumbline.gateway.core.reading;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plumbline.contract.message.DeadLetterReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/**
 * A Sparkplug B payload, of a birth certificate or of data. Data tell only what changed, so a feature that is not in it keeps the
 * value of the device's last reading; and they may name a metric by the number that the birth certificate gave it.
 *
 * @see <a href="https://sparkplug.eclipse.org/specification/">Sparkplug 3.0, chapter 6</a>
 */
final class SparkplugPayload implements ReadingDraft.Parser {

    private static final int INT8 = 1;
    private static final int INT16 = 2;
    private static final int INT32 = 3;

    private final Map<String, Integer> features;

    /** @param metrics names, one for each feature */
    SparkplugPayload(List<String> metrics) {
        this.features = IntStream.range(0, metrics.size())
                .boxed()
                .collect(Collectors.toUnmodifiableMap(metrics::get, i -> i, (first, second) -> {
                    throw new IllegalArgumentException(
                            "metric '" + metrics.get(second) + "' is taken twice; every feature needs one of its own");
                }));
    }

    @Override
    public void read(byte[] payload, ReadingDraft draft) throws InvalidProtocolBufferException {
        var message = Payload.parseFrom(payload);
        if (message.hasSeq()) {
            draft.sequence(message.getSeq());
        }
        var newest = Long.MIN_VALUE;
        var unknown = 0;
        for (var metric : message.getMetricsList()) {
            var name = name(metric, draft.past().certificate());
            unknown += name.isEmpty() ? 1 : 0;
            var feature = features.get(name);
            if (feature != null) {
                var time = metric.hasTimestamp() ? metric.getTimestamp() : message.getTimestamp();
                newest = Math.max(newest, time);
                take(metric, name, feature, draft);
            }
        }
        if (newest > Long.MIN_VALUE) {
            draft.time(Instant.ofEpochMilli(newest));
            draft.fill();
        } else {
            nothing(unknown, draft);
        }
    }

    private void nothing(int unknown, ReadingDraft draft) {
        draft.fault(
                DeadLetterReason.MALFORMED,
                unknown > 0 && draft.past().certificate().isEmpty()
                        ? "metrics have numbers but no names, and no birth certificate was seen that names them; ask the"
                                + " device for a rebirth"
                        : "has none of the metrics " + String.join(", ", features.keySet()));
    }

    /** Empty if it has none and nobody said one. */
    private String name(Metric metric, BirthCertificate certificate) {
        if (!metric.hasName() || metric.getName().isEmpty()) {
            return metric.hasAlias() ? certificate.name(metric.getAlias()).orElse("") : "";
        }
        if (metric.hasAlias() && features.containsKey(metric.getName())) {
            certificate.name(metric.getAlias(), metric.getName());
        }
        return metric.getName();
    }

    private static void take(Metric metric, String name, int feature, ReadingDraft draft) {
        var certificate = draft.past().certificate();
        if (metric.hasDatatype()) {
            certificate.type(name, metric.getDatatype());
        }
        if (metric.hasDoubleValue()) {
            draft.value(feature, metric.getDoubleValue());
        } else if (metric.hasFloatValue()) {
            draft.value(feature, metric.getFloatValue());
        } else if (metric.hasLongValue()) {
            draft.value(feature, metric.getLongValue());
        } else if (metric.hasIntValue()) {
            draft.value(feature, whole(metric.getIntValue(), certificate.type(name)));
        } else if (metric.hasBooleanValue()) {
            draft.value(feature, metric.getBooleanValue() ? 1 : 0);
        } else {
            draft.notANumber(feature);
        }
    }

    /** The field is unsigned, and narrower types lie in it without their sign. */
    private static long whole(int bits, int type) {
        return switch (type) {
            case INT8 -> (byte) bits;
            case INT16 -> (short) bits;
            case INT32 -> bits;
            default -> Integer.toUnsignedLong(bits);
        };
    }
}
