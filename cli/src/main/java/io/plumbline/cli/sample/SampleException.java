package io.plumbline.cli.sample;

/** Samples cannot be read; the message is one line that names the file, what is wrong and the way out. */
public final class SampleException extends Exception {

    private static final long serialVersionUID = 1L;

    public SampleException(String message) {
        super(message);
    }

    public SampleException(String message, Throwable cause) {
        super(message, cause);
    }
}
