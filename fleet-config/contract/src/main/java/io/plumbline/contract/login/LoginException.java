package io.plumbline.contract.login;

/** Who one is cannot be told to a server, or not there; or what it answers leads nowhere. The message is one line for a person. */
public final class LoginException extends Exception {

    private static final long serialVersionUID = 1L;

    public LoginException(String message) {
        super(message);
    }

    public LoginException(String message, Throwable cause) {
        super(message, cause);
    }
}
