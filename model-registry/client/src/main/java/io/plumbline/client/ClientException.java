package io.plumbline.client;

/** A server cannot be reached, or refused; the message is one line for the person at the terminal. */
public final class ClientException extends Exception {

    private static final long serialVersionUID = 1L;

    public ClientException(String message) {
        super(message);
    }

    public ClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
