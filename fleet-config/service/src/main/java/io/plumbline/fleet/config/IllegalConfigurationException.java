package io.plumbline.fleet.config;

/** A setting that cannot be used: the message names property, value and rule in one line. */
public final class IllegalConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IllegalConfigurationException(String property, String value, String rule) {
        super(property + " = '" + value + "' " + rule);
    }
}
