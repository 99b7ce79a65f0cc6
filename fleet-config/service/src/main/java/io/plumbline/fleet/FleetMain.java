package io.plumbline.fleet;

import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.config.IllegalConfigurationException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts the service. What a user can mend ends the start with one line; what is a bug ends it with all there is. */
@QuarkusMain
public final class FleetMain {

    private static final List<Class<? extends Throwable>> MENDABLE = List.of(
            IllegalConfigurationException.class,
            StoreUnavailableException.class,
            ConfigurationException.class,
            ConfigValidationException.class,
            BindException.class);

    FleetMain() {}

    public static void main(String... args) {
        Quarkus.run(null, FleetMain::end, args);
    }

    private static void end(int code, @Nullable Throwable cause) {
        if (cause != null) {
            System.err.println("plumbline fleet cannot start: " + sentence(cause));
        }
        System.exit(code);
    }

    /** The first mendable cause in one line, or the whole of a bug. */
    static String sentence(Throwable thrown) {
        var chain = new ArrayList<Throwable>();
        for (var cause = thrown; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain.stream()
                .filter(cause -> MENDABLE.stream().anyMatch(type -> type.isInstance(cause)))
                .findFirst()
                .map(cause -> oneLine(String.valueOf(cause.getMessage())))
                .orElseGet(() -> stackTrace(thrown));
    }

    private static String oneLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String stackTrace(Throwable thrown) {
        var out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out, true));
        return out.toString();
    }
}
