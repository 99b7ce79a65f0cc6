package io.plumbline.cli.show;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens a page where there is a desktop; elsewhere the printed address has to do. */
public final class Browser {

    private static final List<Path> OPENERS = List.of(Path.of("/usr/bin/xdg-open"), Path.of("/usr/bin/open"));

    private Browser() {}

    /** Whether a browser was asked; not where there is no desktop, or none that works. */
    public static boolean open(URI page) {
        var desktop = System.getenv("DISPLAY") != null
                || System.getenv("WAYLAND_DISPLAY") != null
                || System.getProperty("os.name").startsWith("Mac");
        for (var opener : OPENERS) {
            if (desktop && Files.isExecutable(opener)) {
                return isStarted(new ProcessBuilder(opener.toString(), page.toString()));
            }
        }
        return false;
    }

    private static boolean isStarted(ProcessBuilder opener) {
        try {
            opener.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
