package io.plumbline.registry;

import io.plumbline.database.StoreUnavailableException;
import io.plumbline.registry.config.IllegalConfigurationException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts the service. What a user can mend ends the start with one line; what is a bug ends it with all there is. */
@QuarkusMain
public final class RegistryMain {

    private static final List<Class<? extends Throwable>> MENDABLE = List.of(
            IllegalConfigurationException.class,
            StoreUnavailableException.class,
            ConfigurationException.class,
            ConfigValidationException.class,
            BindException.class);

    RegistryMain() {}

    public static void main(String... args) {
        Quarkus.run(null, RegistryMain::end, args);
    }

    private static void end(int code, @Nullable Throwable cause) {
        if (cause != null) {
            System.err.println("plumbline registry cannot start: " + sentence(cause));
        }
        System.exit(code);
    }

    /** The first mendable cause in one line, or the whole of a bug. */
    static String sentence(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .filter(cause -> MENDABLE.stream().anyMatch(type -> type.isInstance(cause)))
                .findFirst()
                .map(cause -> String.valueOf(cause.getMessage())
                        .lines()
                        .map(String::strip)
                        .collect(Collectors.joining(" ")))
                .orElseGet(() -> stackTrace(thrown));
    }

    private static String stackTrace(Throwable thrown) {
        var out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out, true));
        return out.toString();
    }
}
