package io.plumbline.cli.show;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a person watches. */
public final class Terminal {

    private Terminal() {}

    /** Whether a person watches who wants colours: {@code NO_COLOR} is not set (no-color.org), and the terminal can. */
    public static boolean hasColours() {
        return hasColours(isAttached(), System.getenv());
    }

    static boolean hasColours(boolean attached, Map<String, String> environment) {
        return attached
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Whether standard input and standard output are a terminal. */
    public static boolean isAttached() {
        return isTerminal(System.console());
    }

    /** Since JDK 22 there is a console even where there is no terminal, and it can be asked. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderThan22) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public method that cannot be called is a bug", e);
        }
    }
}
