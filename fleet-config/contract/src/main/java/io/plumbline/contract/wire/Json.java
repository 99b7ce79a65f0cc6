package io.plumbline.contract.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON of control events, cards and HTTP views: ISO-8601 times and durations, absent optionals left out, unknown
 * properties ignored so that old readers survive new writers. Thread-safe.
 */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .build();

    private static final ObjectReader EXACT = MAPPER.reader()
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private Json() {}

    public static byte[] encode(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a contract type that cannot be written as JSON is a bug", e);
        }
    }

    /** The same as {@link #encode}, as a text without line breaks. */
    public static String line(Object value) {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    /** The same as {@link #encode} with line breaks, for people. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a contract type that cannot be written as JSON is a bug", e);
        }
    }

    /** @throws MalformedMessageException if the bytes are not a valid message of this type */
    public static <T> T decode(byte[] bytes, Class<T> type) {
        return decode(MAPPER.readerFor(type), bytes, type);
    }

    /**
     * The same of what people write: a key that is not known is one that was misspelled, and what it should say would be missing; of
     * a key that comes twice one would be.
     *
     * @throws MalformedMessageException if the bytes are not a valid message of this type, or hold more than one
     */
    public static <T> T decodeExactly(byte[] bytes, Class<T> type) {
        return decode(EXACT.forType(type), bytes, type);
    }

    private static <T> T decode(ObjectReader reader, byte[] bytes, Class<T> type) {
        try {
            var value = type.cast(reader.readValue(bytes));
            if (value == null) {
                throw new MalformedMessageException(type.getSimpleName() + " is the JSON value null");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            var known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            throw new MalformedMessageException(
                    "unknown key '" + e.getPropertyName() + "'; the keys are " + String.join(", ", known), e);
        } catch (IOException e) {
            throw new MalformedMessageException(type.getSimpleName() + " is malformed: " + firstLine(e), e);
        }
    }

    /** A mapper with the same settings, for frameworks that bring their own reading loop. */
    public static ObjectMapper mapper() {
        return MAPPER.copy();
    }

    private static String firstLine(IOException e) {
        var message = String.valueOf(e.getMessage());
        var end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
