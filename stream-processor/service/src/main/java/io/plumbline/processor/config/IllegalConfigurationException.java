package io.plumbline.processor.config;

import io.quarkus.runtime.configuration.ConfigurationException;

/** A user's mistake in the configuration. The message is one line, and Quarkus prints nothing else before it exits with 1. */
public final class IllegalConfigurationException extends ConfigurationException {

    private static final long serialVersionUID = 1L;

    /** @param rule completes the sentence "property is 'value'; it ..." */
    public IllegalConfigurationException(String property, String value, String rule) {
        super(property + (value.isEmpty() ? " is empty; it " : " is '" + value + "'; it ") + rule);
    }
}
