package io.plumbline.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** An edge node that runs models. */
public record GatewayId(@JsonValue String value) implements Comparable<GatewayId> {

    /** @throws IllegalArgumentException if the value is not a valid name */
    @JsonCreator
    public GatewayId {
        Identifier.require("gateway", value);
    }

    /** For values from the wire: empty where the constructor would throw. */
    public static Optional<GatewayId> parse(String value) {
        return Identifier.isValid(value) ? Optional.of(new GatewayId(value)) : Optional.empty();
    }

    @Override
    public int compareTo(GatewayId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
