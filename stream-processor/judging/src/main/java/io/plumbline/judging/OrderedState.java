package io.plumbline.judging;

import java.util.List;
import java.util.Optional;

/**
 * Values by key, the keys in the order of their UTF-8 bytes. What was put survives a restart. Used by one thread.
 *
 * @param <T> of the values
 */
public interface OrderedState<T> {

    Optional<T> get(String key);

    void put(String key, T value);

    /** Does nothing where there is no such key. */
    void delete(String key);

    /** All entries from a key, inclusive, to a key, exclusive, in order. */
    List<Entry<T>> range(String from, String to);

    /** A key with its value. */
    record Entry<T>(String key, T value) {}
}
