package io.plumbline.benchmarks.kills;

import io.plumbline.cli.launch.FreePorts;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.LaunchException;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The packaged registry over one folder, killed and begun again at one address. */
final class MortalRegistry implements AutoCloseable {

    private final Installation installation;
    private final Path folder;
    private final Map<String, String> properties;
    private Service service;

    private MortalRegistry(Installation installation, Path folder, Map<String, String> properties)
            throws LaunchException {
        this.installation = installation;
        this.folder = folder;
        this.properties = properties;
        this.service = begun();
    }

    static MortalRegistry start(Installation installation, Path folder, String kafka) throws LaunchException {
        var properties = new HashMap<String, String>();
        properties.put("quarkus.http.port", String.valueOf(FreePorts.take(1).get(0)));
        properties.put("kafka.bootstrap.servers", kafka);
        properties.put("plumbline.registry.data-dir", data(folder).toString());
        properties.put("plumbline.registry.cooldown", "PT0S");
        properties.put("plumbline.registry.daily-budget", "1000000");
        return new MortalRegistry(installation, folder, properties);
    }

    private static Path data(Path folder) {
        return folder.resolve("registry");
    }

    private Service begun() throws LaunchException {
        return Service.start(
                installation, Service.Program.of(ServiceKind.REGISTRY, "registry"), folder.resolve("logs"), properties);
    }

    /** As a power cut would. */
    void kill() throws InterruptedException {
        service.process().kill();
    }

    void begin() throws LaunchException {
        service = begun();
    }

    void awaitReady() throws LaunchException, InterruptedException {
        service.awaitReady();
    }

    URI url() {
        return service.url();
    }

    /** Every blob that is visible. */
    Path blobs() {
        return data(folder).resolve("layout/blobs/sha256");
    }

    @Override
    public void close() {
        service.process().stop(Duration.ofSeconds(10));
    }
}
