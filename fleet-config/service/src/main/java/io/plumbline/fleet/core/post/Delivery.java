package io.plumbline.fleet.core.post;

/** What came of an attempt. */
public sealed interface Delivery {

    /** The sink has it. */
    record Done() implements Delivery {}

    /** The sink does not want this letter; it may well take others. */
    record Refused(String problem) implements Delivery {}

    /** The sink does not answer, or not as it should: it would take no other letter either. */
    record Unreachable(String problem) implements Delivery {}
}
