package io.plumbline.cli.launch;

import java.util.List;

/**
 * A service to start.
 *
 * @param name of process and log
 * @param jvmOptions beside those that every child has; of two that contradict each other these win
 */
public record Program(ServiceKind kind, String name, List<String> jvmOptions) {

    public Program {
        jvmOptions = List.copyOf(jvmOptions);
    }

    public static Program of(ServiceKind kind, String name) {
        return new Program(kind, name, List.of());
    }
}
