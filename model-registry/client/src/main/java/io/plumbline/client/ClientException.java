package io.plumbline.client;

/** A server cannot be reached, or refused; the message is one line for the person at the terminal. */
public final class ClientException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    public ClientException(String message) {
        this(message, false);
    }

    private ClientException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    public ClientException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private ClientException(String message, Throwable cause, boolean passing) {
        super(message, cause);
        this.passing = passing;
    }

    /** Of something that may be over in a moment, as where a server starts anew. */
    static ClientException passing(String message) {
        return new ClientException(message, true);
    }

    static ClientException passing(String message, Throwable cause) {
        return new ClientException(message, cause, true);
    }

    /** Whether the same question may be answered in a moment: nobody answered, or somebody said that it cannot be answered now. */
    public boolean isPassing() {
        return passing;
    }
}
