package io.plumbline.cli.launch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A running service. */
public record Service(ChildProcess process, URI url) {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

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

    /**
     * Starts it; it is not ready yet.
     *
     * @param properties its configuration, as system properties
     */
    public static Service start(Installation installation, Program program, Path logs, Map<String, String> properties)
            throws LaunchException {
        var port = properties.getOrDefault("quarkus.http.port", "0");
        if (port.equals("0")) {
            port = String.valueOf(FreePorts.take(1).get(0));
        }
        var all = new HashMap<>(properties);
        all.put("quarkus.http.port", port);
        all.putIfAbsent("quarkus.http.host", "127.0.0.1");
        var command = JavaCommand.sized(program.kind().heapMb(), installation.agent())
                .options(program.jvmOptions())
                .properties(all)
                .jar(installation.service(program.kind()));
        return new Service(ChildProcess.start(program.name(), command, logs), URI.create("http://127.0.0.1:" + port));
    }

    /** @throws LaunchException if it ends first or takes too long */
    public Service awaitReady() throws LaunchException, InterruptedException {
        Readiness.await(process, url, "", START_LIMIT);
        return this;
    }

    /**
     * Waits until a gateway has its assignment in force and is subscribed; what is published before that is nobody's.
     *
     * @throws LaunchException if it ends first or takes too long
     */
    public Service awaitSubscribed() throws LaunchException, InterruptedException {
        Readiness.await(process, url, "\"mqtt\":\"connected\"", START_LIMIT);
        return this;
    }
}
