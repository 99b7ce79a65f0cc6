package io.plumbline.benchmarks.feed;

/** What is published, by number from 0. Thread-safe. */
public interface Feed {

    /** The same message whenever it is asked for. */
    Message message(long number);

    /** Whether its time has come. */
    boolean isDue(long number);

    /** Called before each publication, also when it is published again. */
    void published(long number, Message message);
}
