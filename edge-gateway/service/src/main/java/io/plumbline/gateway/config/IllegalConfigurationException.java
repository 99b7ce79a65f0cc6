package io.plumbline.gateway.config;

/** A user's mistake in the configuration. The message is one line: property, value, rule. */
public final class IllegalConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param rule completes the sentence "property 'value' ..." */
    public IllegalConfigurationException(String property, String value, String rule) {
        super(property + (value.isEmpty() ? " is not set; it " : " is '" + value + "'; it ") + rule);
    }
}
