package io.plumbline.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** A sensor or camera. */
public record DeviceId(@JsonValue String value) implements Comparable<DeviceId> {

    /** @throws IllegalArgumentException if the value is not a valid name */
    @JsonCreator
    public DeviceId {
        Identifier.require("device", value);
    }

    /** For values from the wire: empty where the constructor would throw. */
    public static Optional<DeviceId> parse(String value) {
        return Identifier.isValid(value) ? Optional.of(new DeviceId(value)) : Optional.empty();
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
