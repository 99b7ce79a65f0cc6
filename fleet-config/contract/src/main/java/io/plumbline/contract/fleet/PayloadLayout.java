package io.plumbline.contract.fleet;

import io.plumbline.contract.wire.Require;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the parts of a sensor reading are in its payload. A place in JSON and CBOR is a JSON Pointer (RFC 6901), {@code /data/t} or
 * {@code /values/0}; in CSV and in arrays of raw numbers it is a position, counted from 0; in Sparkplug it is the name of a metric.
 *
 * @param fields where features of the model are, each at most once; a feature that is not named is expected under its own name, or,
 *     in CSV and raw numbers where none is named, at its position in the model card
 * @param time place of the device time; empty for {@code /time} in JSON and CBOR, and for none in the others. Where a payload has none, the MQTT user property {@code time}
 *     says it
 * @param sequence place of the whole number that tells readings of one moment apart; empty for {@code /seq} in JSON and CBOR, and for none in
 *     the others. Where a payload has
 *     none, the MQTT user property {@code seq} says it
 */
public record PayloadLayout(Codec codec, List<Field> fields, Optional<Time> time, Optional<String> sequence) {

    /** Of devices that send JSON in its usual form. */
    public static final PayloadLayout JSON =
            new PayloadLayout(Codec.JSON, List.of(), Optional.empty(), Optional.empty());

    /** What the bytes are. */
    public enum Codec {
        JSON,
        /** RFC 8949. */
        CBOR,
        /** One line of text, columns separated by commas. */
        CSV,
        /** An array of IEEE 754 single-precision numbers, little-endian. */
        FLOAT32,
        /** An array of signed 16-bit numbers, little-endian. */
        INT16,
        /** Sparkplug B 1.0: metrics by name, with their own time and sequence. */
        SPARKPLUG;

        /** Whether a place is a position rather than a JSON Pointer. */
        public boolean isPositional() {
            return this == CSV || isRaw();
        }

        /** Whether there is nothing but numbers in it. */
        public boolean isRaw() {
            return this == FLOAT32 || this == INT16;
        }
    }

    /**
     * A feature's value is {@code scale * found + offset}.
     *
     * @param feature its name in the model card
     * @param scale finite, not 0
     * @param offset finite
     */
    public record Field(String feature, String at, double scale, double offset) {

        public Field {
            Require.that(Double.isFinite(scale) && scale != 0, "scale " + scale + " must be finite and not 0");
            Require.that(Double.isFinite(offset), "offset " + offset + " must be finite");
        }

        /** A value that is taken as it is. */
        public static Field of(String feature, String place) {
            return new Field(feature, place, 1, 0);
        }
    }

    /** Where the device time is, and how it is written. */
    public record Time(String at, Unit unit) {}

    /** How a device time is written. */
    public enum Unit {
        /** An ISO-8601 instant. */
        ISO,
        /** Seconds since 1970-01-01T00:00:00Z, fractions allowed. */
        SECONDS,
        /** Milliseconds since 1970-01-01T00:00:00Z. */
        MILLIS
    }

    public PayloadLayout {
        fields = List.copyOf(fields);
        Require.that(
                fields.stream().map(Field::feature).distinct().count() == fields.size(),
                "a feature must not be named twice in the fields of a payload");
        Require.that(
                !codec.isRaw() || (time.isEmpty() && sequence.isEmpty()),
                "an array of raw numbers has no place for time and seq: send them as MQTT user properties");
        Require.that(
                codec != Codec.SPARKPLUG || (time.isEmpty() && sequence.isEmpty()),
                "Sparkplug says itself where time and seq are: leave them out");
        Stream.of(fields.stream().map(Field::at), time.stream().map(Time::at), sequence.stream())
                .flatMap(places -> places)
                .forEach(place -> requirePlace(codec, place));
    }

    private static void requirePlace(Codec codec, String place) {
        if (codec == Codec.SPARKPLUG) {
            Require.that(!place.isBlank(), "place '" + place + "' must be the name of a metric");
        } else if (codec.isPositional()) {
            Require.that(
                    place.matches("0|[1-9][0-9]{0,3}"),
                    "place '" + place + "' must be a position in the " + codec + " payload, from 0 to 9999");
        } else {
            Require.that(
                    place.matches("(/([^/~]|~[01])*)+"),
                    "place '" + place + "' must be a JSON Pointer like /data/t, of names joined by slashes");
        }
    }
}
