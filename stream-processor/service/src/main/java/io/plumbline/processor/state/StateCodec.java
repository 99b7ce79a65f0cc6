package io.plumbline.processor.state;

import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.contract.wire.Require;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Between values and bytes. Thread-safe.
 *
 * @param <T> of the values
 */
public final class StateCodec<T> {

    /** No JSON begins with it. */
    private static final int VERSION = 1;

    private final Class<T> type;
    private final Function<T, byte[]> encode;
    private final Function<byte[], T> decode;

    private StateCodec(Class<T> type, Function<T, byte[]> encode, Function<byte[], T> decode) {
        this.type = type;
        this.encode = encode;
        this.decode = decode;
    }

    /** Values as JSON: a record class is their schema. */
    public static <T> StateCodec<T> json(Class<T> type) {
        return new StateCodec<>(type, Json::encode, bytes -> Json.decode(bytes, type));
    }

    /** A version byte and the value's fields; JSON of before is read, too. */
    static <T> StateCodec<T> binary(Class<T> type, BiConsumer<StateWriter, T> write, Function<StateReader, T> read) {
        return new StateCodec<>(
                type,
                value -> {
                    var out = new StateWriter(VERSION);
                    write.accept(out, value);
                    return out.toBytes();
                },
                bytes -> {
                    var in = new StateReader(type.getSimpleName(), bytes);
                    in.expectVersion(VERSION);
                    var value = read.apply(in);
                    in.expectEnd();
                    return value;
                });
    }

    public byte[] encode(T value) {
        return encode.apply(value);
    }

    /** @throws MalformedMessageException if the bytes are not such a value */
    public T decode(byte[] bytes) {
        return isJson(bytes)
                ? Json.decode(bytes, type)
                : Require.wellFormed(type.getSimpleName(), () -> decode.apply(bytes));
    }

    private static boolean isJson(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] == '{' || bytes[0] == '[');
    }
}
