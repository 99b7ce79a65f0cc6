package io.plumbline.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** A set of readings bound to one model by configuration. */
public record StreamId(@JsonValue String value) implements Comparable<StreamId> {

    /** @throws IllegalArgumentException if the value is not a valid name */
    @JsonCreator
    public StreamId {
        Identifier.require("stream", value);
    }

    /** For values from the wire: empty where the constructor would throw. */
    public static Optional<StreamId> parse(String value) {
        return Identifier.isValid(value) ? Optional.of(new StreamId(value)) : Optional.empty();
    }

    @Override
    public int compareTo(StreamId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
