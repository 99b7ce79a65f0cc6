package io.plumbline.cli.option;

import io.plumbline.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a token is kept: in a file, or in an environment variable. Never the token itself. */
public record Token(Optional<String> file, Optional<String> env) {

    private static final String VARIABLE = "PLUMBLINE_TOKEN";
    private static final String FILE_VARIABLE = "PLUMBLINE_TOKEN_FILE";

    /** What may stand in a header: anything else would be refused later, by somebody who shows it. */
    private static final Pattern RULE = Pattern.compile("[\\x21-\\x7e]+");

    /**
     * As the environment says; empty if it says nothing.
     *
     * @throws ClientException if it says two things
     */
    static Optional<Token> of(Surroundings surroundings) throws ClientException {
        var file = surroundings.variable(FILE_VARIABLE);
        var isThere = surroundings.variable(VARIABLE).isPresent();
        if (isThere && file.isPresent()) {
            throw new ClientException(
                    VARIABLE + " and " + FILE_VARIABLE + " are both set, and a token has one place: unset one of them");
        }
        return isThere || file.isPresent()
                ? Optional.of(new Token(file, isThere ? Optional.of(VARIABLE) : Optional.empty()))
                : Optional.empty();
    }

    /** @throws ClientException that says what is missing, and does not show what is there */
    String read(Surroundings surroundings) throws ClientException {
        if (file.isPresent() == env.isPresent()) {
            throw new ClientException("a token of a profile must be {file: PATH} or {env: NAME}");
        }
        return file.isPresent()
                ? checked(content(file.get()), "file " + file.get())
                : checked(variable(surroundings, env.orElseThrow()), "environment variable " + env.orElseThrow());
    }

    private static String content(String path) throws ClientException {
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException e) {
            throw new ClientException("the token's file " + path + " cannot be read", e);
        }
    }

    private static String variable(Surroundings surroundings, String name) throws ClientException {
        return surroundings
                .variable(name)
                .orElseThrow(() -> new ClientException("the token's environment variable " + name + " is not set"))
                .strip();
    }

    private static String checked(String token, String place) throws ClientException {
        if (!RULE.matcher(token).matches()) {
            throw new ClientException("the token in the " + place + " must be one word of visible ASCII characters"
                    + (token.isEmpty() ? ", and it is empty" : ", without spaces or line breaks in it"));
        }
        return token;
    }
}
