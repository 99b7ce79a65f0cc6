package io.plumbline.registry.config;

/** A setting that breaks a rule; the message names property, value and rule. */
public final class IllegalConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IllegalConfigurationException(String property, String value, String rule) {
        super("plumbline.registry." + property + " '" + value + "' " + rule);
    }
}
