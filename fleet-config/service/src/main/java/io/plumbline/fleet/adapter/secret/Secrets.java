package io.plumbline.fleet.adapter.secret;

import io.plumbline.fleet.core.spec.alert.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads secrets where the fleet file says they are, each time anew. */
public final class Secrets {

    /** A secret cannot be had; the message says where it was looked for, never what was found. */
    public static final class MissingSecretException extends Exception {

        private static final long serialVersionUID = 1L;

        public MissingSecretException(String message) {
            super(message);
        }
    }

    /** What an environment says; null for what it does not have. */
    public interface Environment {
        @Nullable
        String get(String variable);
    }

    private final Environment environment;

    public Secrets(Environment environment) {
        this.environment = environment;
    }

    public static Secrets ofProcess() {
        return new Secrets(System::getenv);
    }

    /**
     * A secret without the white space around it.
     *
     * @throws MissingSecretException if there is none, or it has control characters, which no header and no log is to get
     */
    public String read(Secret secret) throws MissingSecretException {
        if (secret instanceof Secret.InEnvironment in) {
            var value = environment.get(in.variable());
            if (value == null || value.isBlank()) {
                throw new MissingSecretException("environment variable " + in.variable() + " is not set");
            }
            return oneLine("environment variable " + in.variable(), value.strip());
        }
        return ofFile(((Secret.InFile) secret).path());
    }

    private static String ofFile(String path) throws MissingSecretException {
        try {
            var value = Files.readString(Path.of(path)).strip();
            if (value.isEmpty()) {
                throw new MissingSecretException("file " + path + " is empty");
            }
            return oneLine("file " + path, value);
        } catch (IOException e) {
            throw new MissingSecretException(
                    "file " + path + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static String oneLine(String where, String value) throws MissingSecretException {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new MissingSecretException(where + " must hold the secret in one line, without control characters");
        }
        return value;
    }
}
