package io.plumbline.support;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of its machine. Without it the test is skipped and says why; with {@code -Dplumbline.require-all=true}, as where
 * everything was installed, it fails.
 */
public final class Needed {

    static final String ALL = "plumbline.require-all";

    private Needed() {}

    /**
     * The first program that is there.
     *
     * @param name of the program, and how to install it where that is not the same
     * @param places where it may be
     */
    public static Path program(String name, Stream<Path> places) {
        var found = places.filter(Files::isExecutable).findFirst();
        that(found.isPresent(), name + " is not installed");
        return found.orElseThrow();
    }

    /** @param without what there is not, in one line */
    public static void that(boolean there, String without) {
        if (!there && Boolean.getBoolean(ALL)) {
            Assertions.fail(without + ", and " + ALL + " is set");
        }
        Assumptions.assumeTrue(there, () -> "skipped: " + without);
    }

    /** Where programs of these names would be on the path. */
    public static Stream<Path> onPath(String... names) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Arrays.stream(names).map(name -> Path.of(folder, name)));
    }
}
