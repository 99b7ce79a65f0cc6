package io.plumbline.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** A place with one or more gateways. */
public record SiteId(@JsonValue String value) implements Comparable<SiteId> {

    /** @throws IllegalArgumentException if the value is not a valid name */
    @JsonCreator
    public SiteId {
        Identifier.require("site", value);
    }

    /** For values from the wire: empty where the constructor would throw. */
    public static Optional<SiteId> parse(String value) {
        return Identifier.isValid(value) ? Optional.of(new SiteId(value)) : Optional.empty();
    }

    @Override
    public int compareTo(SiteId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
