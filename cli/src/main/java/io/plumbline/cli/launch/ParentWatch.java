package io.plumbline.cli.launch;

import java.io.IOException;

/**
 * Ends a child process when the process that started it is gone: an agent ({@code -javaagent}) that waits for the end of
 * standard input. Works for any JVM without touching its program.
 */
public final class ParentWatch {

    private ParentWatch() {}

    /** Called by the JVM before main. */
    public static void premain(String unused) {
        var watch = new Thread(ParentWatch::waitForParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void waitForParent() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (IOException e) {
            System.err.println("standard input failed, taken for the end of the parent: " + e.getMessage());
        }
        System.exit(0);
    }
}
