package io.plumbline.gateway.adapter.enrolment;

import io.plumbline.gateway.config.IllegalConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the token is that this gateway was invited with: in a file or in the environment, never on the command line, which everybody on the
 * machine can read. Read when it is needed.
 */
public record JoinToken(Optional<Path> file, Optional<String> variable) {

    /** The variable of the environment. */
    public static final String VARIABLE = "PLUMBLINE_JOIN_TOKEN";

    private static final String FILE = "plumbline.gateway.join-token-file";

    /** @param file that the settings name; it counts before the environment */
    public static JoinToken of(Optional<Path> file) {
        return new JoinToken(file, Optional.ofNullable(System.getenv(VARIABLE)));
    }

    /** Whether there is one. */
    public boolean isGiven() {
        return file.isPresent() || variable.isPresent();
    }

    /** Its name for people. */
    String place() {
        return file.isPresent() ? FILE : VARIABLE;
    }

    /** Where it is, in words that do not tell it. */
    String shown() {
        return file.map(Path::toString).orElse("***");
    }

    String read() {
        var token =
                file.isPresent() ? content(file.get()) : variable.orElseThrow().strip();
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalConfigurationException(
                    place(), shown(), "must hold a token in one line, and nothing else");
        }
        return token;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalConfigurationException(
                    FILE, file.toString(), "must be a file that this process can read: " + e);
        }
    }

    @Override
    public String toString() {
        return "JoinToken[" + place() + "]";
    }
}
