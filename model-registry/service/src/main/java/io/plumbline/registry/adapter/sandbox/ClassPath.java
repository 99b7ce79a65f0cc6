package io.plumbline.registry.adapter.sandbox;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a JVM that shares classes with this one has to be given. */
final class ClassPath {

    private ClassPath() {}

    /** Packaged by Quarkus, classes lie beside each other in folders of their own; else the class path is that of this JVM. */
    static String of(Class<?> main) {
        try {
            var source = main.getProtectionDomain().getCodeSource();
            var place =
                    source == null ? Path.of("") : Path.of(source.getLocation().toURI());
            var application =
                    place.getParent() == null ? null : place.getParent().getParent();
            if (application != null
                    && Files.isDirectory(application.resolve("lib").resolve("main"))) {
                return String.join(
                        File.pathSeparator,
                        place.toString(),
                        application.resolve("lib").resolve("main").resolve("*").toString(),
                        application.resolve("lib").resolve("boot").resolve("*").toString());
            }
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException notAFile) {
            // Then it is not packaged like that.
        }
        return System.getProperty("java.class.path");
    }
}
