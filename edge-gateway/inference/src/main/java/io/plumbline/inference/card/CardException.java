package io.plumbline.inference.card;

/** A model card that breaks a rule; the message is one line with path, value and rule. */
public final class CardException extends Exception {

    private static final long serialVersionUID = 1L;

    public CardException(String message) {
        super(message);
    }
}
