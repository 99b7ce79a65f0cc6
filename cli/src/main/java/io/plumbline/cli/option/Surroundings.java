package io.plumbline.cli.option;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command line finds where it is typed: the environment variables and the home folder of whoever types. Its text shows no
 * variable, since some are secret.
 */
public record Surroundings(Map<String, String> variables, Path home) {

    public Surroundings {
        variables = Map.copyOf(variables);
    }

    /** A root command that knows its surroundings. */
    public interface Known {

        Surroundings surroundings();
    }

    public static Surroundings ofThisProcess() {
        return new Surroundings(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /**
     * Those of a command.
     *
     * @param command whose root is {@link Known}; the process's own otherwise
     */
    public static Surroundings of(CommandSpec command) {
        return command.root().userObject() instanceof Known known ? known.surroundings() : ofThisProcess();
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    @Override
    public String toString() {
        return "the surroundings of " + home;
    }
}
