package io.plumbline.judging;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Records of the topics that are judged. A record under a wrong key is as malformed as one that cannot be read: it would count a
 * cohort on two partitions, each half blind, or look for the other half of a pair where it never comes.
 */
public final class Incoming {

    private Incoming() {}

    /** @throws MalformedMessageException if this is no delta under its key */
    public static StatsDelta delta(@Nullable String key, byte @Nullable [] value) {
        var delta = StatsDelta.from(present(value));
        if (!delta.partitionKey().equals(key)) {
            throw new MalformedMessageException("key '" + key + "' is not the delta's '" + delta.partitionKey() + "'");
        }
        return delta;
    }

    /** @throws MalformedMessageException if this is no result under its key */
    public static InferenceResult result(@Nullable String key, byte @Nullable [] value) {
        var result = InferenceResult.from(present(value));
        requireDevice(key, result.device());
        return result;
    }

    /** @throws MalformedMessageException if this is no label under its key */
    public static Label label(@Nullable String key, byte @Nullable [] value) {
        var label = Json.decode(present(value), Label.class);
        requireDevice(key, label.device());
        return label;
    }

    private static byte[] present(byte @Nullable [] value) {
        if (value == null) {
            throw new MalformedMessageException("the record has no value");
        }
        return value;
    }

    private static void requireDevice(@Nullable String key, DeviceId device) {
        if (!device.value().equals(key)) {
            throw new MalformedMessageException("key '" + key + "' is not the device '" + device + "'");
        }
    }
}
