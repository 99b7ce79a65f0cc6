package io.plumbline.cli.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the product's programs lie.
 *
 * @param root the project's folder, or one with the same layout
 */
public record Installation(Path root) {

    private static final String CLI_JAR = "cli/target/plumbline-cli.jar";

    /** The folder named by the system property {@code plumbline.root}, which the launcher sets. */
    public static Installation here() {
        return new Installation(Path.of(System.getProperty("plumbline.root", "."))
                .toAbsolutePath()
                .normalize());
    }

    /** The runnable jar of a service. */
    public Path service(ServiceKind kind) throws LaunchException {
        return existing(root.resolve(kind.module()).resolve("target/quarkus-app/quarkus-run.jar"));
    }

    /** This command's own jar, which is also the agent that ties children to their parent. */
    public Path agent() throws LaunchException {
        return existing(root.resolve(CLI_JAR));
    }

    /** Class path of the broker process. */
    public List<Path> brokerClassPath() throws LaunchException {
        return List.of(agent(), root.resolve("cli/target/lib/*"));
    }

    private static Path existing(Path jar) throws LaunchException {
        if (!Files.isRegularFile(jar)) {
            throw new LaunchException(jar + " is missing; build the product with: mvn -DskipTests package");
        }
        return jar;
    }
}
