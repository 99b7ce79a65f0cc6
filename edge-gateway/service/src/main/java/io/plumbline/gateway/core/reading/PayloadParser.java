package io.plumbline.gateway.core.reading;

import java.io.IOException;

/** Finds the parts of a reading in the bytes of a payload. Thread-safe. */
interface PayloadParser {

    /**
     * Hands what it finds to the draft, faults too.
     *
     * @throws IOException with one line, if the bytes are not of the codec
     */
    void read(byte[] payload, ReadingDraft draft) throws IOException;
}
