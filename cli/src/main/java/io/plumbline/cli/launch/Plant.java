package io.plumbline.cli.launch;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole product on one machine: brokers, registry, control plane, processor and gateways. Not thread-safe; closing
 * stops everything that was started, gateways first.
 */
public final class Plant implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Installation installation;
    private final Path data;
    private final Map<String, String> settings;
    private final Brokers brokers;
    private final List<Service> services = new ArrayList<>();
    private final Map<GatewayId, Service> gateways = new LinkedHashMap<>();
    private final Map<GatewayId, SiteId> sites = new LinkedHashMap<>();

    private Plant(Installation installation, Path data, Map<String, String> settings, Brokers brokers) {
        this.installation = installation;
        this.data = data;
        this.settings = settings;
        this.brokers = brokers;
    }

    /** The same as {@link #start(Installation, Path, Map, ChosenPorts)} on free ports. */
    public static Plant start(Installation installation, Path data, Map<String, String> settings)
            throws LaunchException, InterruptedException {
        return start(installation, data, settings, ChosenPorts.NONE);
    }

    /**
     * Starts brokers, registry and control plane.
     *
     * @param data everything that is kept lies below
     * @param settings further properties of the services, for example of the policies
     */
    public static Plant start(Installation installation, Path data, Map<String, String> settings, ChosenPorts ports)
            throws LaunchException, InterruptedException {
        var plant = new Plant(installation, data, settings, Brokers.start(installation, data, ports.brokers()));
        try {
            plant.startCentre(ports);
            return plant;
        } catch (LaunchException | InterruptedException e) {
            plant.close();
            throw e;
        }
    }

    private void startCentre(ChosenPorts ports) throws LaunchException, InterruptedException {
        var registry =
                start(ServiceKind.REGISTRY, "registry", Map.of("plumbline.registry.data-dir", folder("registry")));
        start(
                ServiceKind.FLEET,
                "fleet",
                Map.of(
                        "plumbline.fleet.data-dir", folder("fleet"),
                        "plumbline.fleet.registry-url",
                                registryAddress().toUri().toString(),
                        "quarkus.http.port", String.valueOf(ports.page().orElse(0))));
        registry.awaitReady();
        writeRegistryAddress(registry.url());
        writeTrustRoot(registry.url());
    }

    /**
     * Starts the processor. Nothing waits for it: what was published before it was there, it reads from the topics, so the
     * gateways may have the machine first.
     */
    public void startProcessor() throws LaunchException {
        start(
                ServiceKind.PROCESSOR,
                "processor",
                Map.of(
                        "plumbline.processor.state-dir", folder("processor"),
                        "plumbline.processor.registry-url", registry().toString()));
    }

    /** Waits until every service that was started is ready; gateways aside. */
    public void awaitReady() throws LaunchException, InterruptedException {
        for (var service : services) {
            service.awaitReady();
        }
    }

    /** Starts, or starts again, a gateway. */
    public Service startGateway(GatewayId gateway, SiteId site) throws LaunchException {
        var service = Service.start(
                installation,
                Service.Program.of(ServiceKind.GATEWAY, gateway.value()),
                logs(),
                with(Map.of(
                        "plumbline.gateway.id", gateway.value(),
                        "plumbline.gateway.site", site.value(),
                        "plumbline.gateway.data-dir", folder(gateway.value()),
                        "plumbline.gateway.mqtt-url", brokers.ports().mqttUrl(),
                        "plumbline.gateway.registry-url", registry().toString(),
                        "plumbline.gateway.fleet-url", fleet().toString(),
                        "plumbline.gateway.trust-root", trustRoot().toString())));
        gateways.put(gateway, service);
        sites.put(gateway, site);
        return service;
    }

    /** Kills a gateway as a power cut would. */
    public void killGateway(GatewayId gateway) throws InterruptedException {
        gateway(gateway).process().kill();
    }

    /** Starts a gateway again over its old data. */
    public Service restartGateway(GatewayId gateway) throws LaunchException {
        var site = sites.get(gateway);
        if (site == null) {
            throw new IllegalArgumentException("gateway " + gateway + " was never started");
        }
        return startGateway(gateway, site);
    }

    public Service gateway(GatewayId gateway) {
        var service = gateways.get(gateway);
        if (service == null) {
            throw new IllegalArgumentException("gateway " + gateway + " was never started");
        }
        return service;
    }

    public Brokers brokers() {
        return brokers;
    }

    public URI registry() {
        return services.get(0).url();
    }

    public URI fleet() {
        return services.get(1).url();
    }

    /** Where the processor is, once it was started. */
    public URI processor() {
        return services.get(2).url();
    }

    /** Every process, brokers first. */
    public List<ChildProcess> processes() {
        var all = new ArrayList<ChildProcess>();
        all.add(brokers.process());
        services.forEach(service -> all.add(service.process()));
        gateways.values().forEach(service -> all.add(service.process()));
        return all;
    }

    /** @throws LaunchException if one of the processes has ended */
    public void requireAlive() throws LaunchException {
        for (var process : processes()) {
            process.requireAlive();
        }
    }

    private Service start(ServiceKind kind, String name, Map<String, String> properties) throws LaunchException {
        var service = Service.start(installation, Service.Program.of(kind, name), logs(), with(properties));
        services.add(service);
        return service;
    }

    private Map<String, String> with(Map<String, String> own) {
        var all = new LinkedHashMap<>(settings);
        all.putAll(own);
        all.put("kafka.bootstrap.servers", brokers.ports().bootstrapServers());
        return all;
    }

    private void writeTrustRoot(URI registry) throws LaunchException, InterruptedException {
        try {
            var request = HttpRequest.newBuilder(registry.resolve("/api/v1/trust"))
                    .timeout(PATIENCE)
                    .build();
            var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new LaunchException("the registry gives no trust root: HTTP " + response.statusCode());
            }
            Files.writeString(trustRoot(), response.body());
        } catch (IOException e) {
            throw new LaunchException("the trust root cannot be fetched or written: " + e.getMessage(), e);
        }
    }

    /* The control plane starts beside the registry, whose port nobody knows yet. */
    private void writeRegistryAddress(URI registry) throws LaunchException {
        try {
            var draft = Files.writeString(data.resolve("registry-url.new"), registry + System.lineSeparator());
            Files.move(draft, registryAddress(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LaunchException("the registry's address cannot be written: " + e.getMessage(), e);
        }
    }

    private Path registryAddress() {
        return data.resolve("registry-url");
    }

    private Path trustRoot() {
        return data.resolve("trust-root.json");
    }

    private String folder(String name) {
        return data.resolve(name).toString();
    }

    /** Where the logs of all processes are. */
    public Path logs() {
        return data.resolve("logs");
    }

    @Override
    public void close() {
        gateways.values().forEach(service -> service.process().beginStop());
        gateways.values().forEach(service -> service.process().stop(PATIENCE));
        services.forEach(service -> service.process().beginStop());
        services.forEach(service -> service.process().stop(PATIENCE));
        brokers.process().stop(PATIENCE);
    }
}
