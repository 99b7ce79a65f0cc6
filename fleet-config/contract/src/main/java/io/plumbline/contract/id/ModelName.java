package io.plumbline.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** A model, whatever its versions and builds. */
public record ModelName(@JsonValue String value) implements Comparable<ModelName> {

    /** @throws IllegalArgumentException if the value is not a valid name */
    @JsonCreator
    public ModelName {
        Identifier.require("model", value);
    }

    /** For values from the wire: empty where the constructor would throw. */
    public static Optional<ModelName> parse(String value) {
        return Identifier.isValid(value) ? Optional.of(new ModelName(value)) : Optional.empty();
    }

    @Override
    public int compareTo(ModelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
