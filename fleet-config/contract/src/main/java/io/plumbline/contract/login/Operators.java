package io.plumbline.contract.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operators and their tokens. Immutable. */
public final class Operators {

    /** What a token needs for a name: without the space behind the colon it is all token. */
    private static final Pattern NAMED = Pattern.compile("(.*?):\\s+(.*)");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,100}");

    private static final String RULE =
            "must be a file that this process can read, with a token or NAME: TOKEN in each line";

    private final List<Operator> all;

    private Operators(List<Operator> all) {
        this.all = List.copyOf(all);
    }

    /** @param name empty for a token that is nobody's own */
    private record Operator(String name, String token) {}

    /**
     * One a line, {@code NAME: TOKEN} or a token alone; empty lines are none.
     *
     * @throws IllegalArgumentException with the number of the first line that is neither, and never with what is in it
     */
    public static Operators parse(List<String> lines) {
        var all = new ArrayList<Operator>();
        var seen = new HashMap<String, Integer>();
        for (int number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1).strip();
            if (!line.isEmpty()) {
                var operator = operator(line, number);
                var before = seen.put(operator.token(), number);
                if (before != null) {
                    throw new IllegalArgumentException("line " + number + " has the token of line " + before);
                }
                all.add(operator);
            }
        }
        return new Operators(all);
    }

    /** @throws IllegalArgumentException as {@link #parse} */
    public static Operators read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    /**
     * A file as a setting names it.
     *
     * @throws IllegalArgumentException with the rule, if it is not there or cannot be read as operators
     */
    public static Path file(String named) {
        try {
            var path = Path.of(named);
            if (Files.isRegularFile(path) && Files.isReadable(path)) {
                read(path);
                return path;
            }
        } catch (InvalidPathException | IOException e) {
            throw new IllegalArgumentException(RULE, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(RULE + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(RULE);
    }

    /**
     * Who is to be noted for what a request did: what it says, and the holder of its token wherever that is somebody else.
     *
     * @param holder empty where no token was asked for; an empty name for a token that is nobody's own
     * @param by whom the request names; empty if nobody
     */
    public static String noted(Optional<String> holder, String by) {
        return holder.filter(name -> !name.isEmpty() && !name.equals(by))
                .map(name -> by.isBlank() ? name : by + " (token of " + name + ")")
                .orElse(by);
    }

    private static Operator operator(String line, int number) {
        var named = NAMED.matcher(line);
        if (!named.matches()) {
            if (line.endsWith(":")) {
                throw new IllegalArgumentException("line " + number + " has a name and no token");
            }
            return new Operator("", line);
        }
        if (!NAME.matcher(named.group(1)).matches()) {
            throw new IllegalArgumentException(
                    "line " + number
                            + ": a name has letters, digits and . _ @ -, 100 at most; a token alone has no colon with a space behind it");
        }
        return new Operator(named.group(1), named.group(2));
    }

    /** The name of the operator with this token: empty text for one without a name, nothing for a stranger. Takes as long for one as for another. */
    public Optional<String> holder(String token) {
        var shown = token.getBytes(StandardCharsets.UTF_8);
        return all.stream()
                .filter(operator -> MessageDigest.isEqual(operator.token().getBytes(StandardCharsets.UTF_8), shown))
                .map(Operator::name)
                .reduce((one, other) -> one);
    }
}
