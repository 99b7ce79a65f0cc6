package io.plumbline.cli.option;

import picocli.CommandLine.Option;

/** Who asks for a change. It is kept with the change, and proves nothing. */
public final class Asker {

    @Option(names = "--by", paramLabel = "WHO", description = "Who asks for it (default: the user of this machine).")
    private String by = System.getProperty("user.name", "");

    public String name() {
        return by;
    }
}
