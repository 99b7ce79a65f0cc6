package io.plumbline.benchmarks.polling;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.ResidentMemory;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.contract.id.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The packaged control plane with 10,000 gateways: each asking every 15 seconds for what it has already, all of them asking as fast as
 * they can, and all of them fetching a changed assignment at once. Its processor time is its own; the clients share the machine.
 */
public final class Polling implements Bench.Benchmark {

    private static final int GATEWAYS = 10_000;
    private static final int PER_SITE = 10;
    private static final int CONNECTIONS = 40;
    private static final int EVERY_SECONDS = 15;
    private static final int REPETITIONS = 5;
    private static final double MB = 1 << 20;

    private final Installation installation = Installation.here();

    @Override
    public Figures run(boolean quick) throws Exception {
        var figures = new Figures();
        var folder = Files.createTempDirectory("polling");
        var brokers = Brokers.start(installation, folder);
        var pool = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            var fleet = start(folder, brokers);
            try {
                measure(fleet, pool, quick, figures);
            } finally {
                fleet.process().stop(Duration.ofSeconds(10));
            }
        } finally {
            pool.shutdownNow();
            brokers.process().stop(Duration.ofSeconds(10));
        }
        return figures;
    }

    private Service start(Path folder, Brokers brokers) throws Exception {
        var properties = Map.of(
                "plumbline.fleet.data-dir", folder.resolve("fleet").toString(),
                "kafka.bootstrap.servers", brokers.ports().bootstrapServers());
        return Service.start(
                        installation,
                        Service.Program.of(ServiceKind.FLEET, "fleet"),
                        folder.resolve("logs"),
                        properties)
                .awaitReady();
    }

    private static void measure(Service fleet, ExecutorService pool, boolean quick, Figures figures) throws Exception {
        figures.add("rssMbEmpty", rssMb(fleet));
        var client = new FleetClient(fleet.url());
        var begin = System.nanoTime();
        client.apply(file(0.1));
        figures.add("applySeconds", (System.nanoTime() - begin) / 1e9);
        figures.add("rssMbWithFleet", rssMb(fleet));
        var seconds = quick ? 4 : EVERY_SECONDS;
        var tags = new String[GATEWAYS];
        Arrays.fill(tags, "");
        figures.add("fetchAllPerSecond", perSecond(round(fleet, pool, tags, 200, 0)));
        round(fleet, pool, tags, 304, 0);
        for (int i = 0; i < (quick ? 2 : REPETITIONS); i++) {
            var usual = round(fleet, pool, tags, 304, seconds / (double) EVERY_SECONDS);
            figures.add("usual.cpuShare", usual.cpuSeconds() / usual.seconds());
            figures.add("usual.p99Millis", usual.p99Millis());
            var most = round(fleet, pool, tags, 304, 0);
            figures.add("assignmentRequestsPerSecond", perSecond(most));
            figures.add("cpuMicrosPerRequest", most.cpuSeconds() * 1e6 / most.requests());
            figures.add("rssMb", rssMb(fleet));
        }
        begin = System.nanoTime();
        client.apply(file(0.2));
        figures.add("changeAllSeconds", (System.nanoTime() - begin) / 1e9);
        figures.add("refetchAllPerSecond", perSecond(round(fleet, pool, tags, 200, 0)));
    }

    /**
     * What happened while gateways asked.
     *
     * @param cpuSeconds of the control plane
     */
    private record Round(int requests, double seconds, double cpuSeconds, double p99Millis) {}

    private static double perSecond(Round round) {
        return round.requests() / round.seconds();
    }

    /**
     * @param share of the gateways that ask, spread over as much of the usual time; 0 for all of them, as fast as they can
     */
    private static Round round(Service fleet, ExecutorService pool, String[] tags, int expected, double share)
            throws Exception {
        var cpu = cpuSeconds(fleet);
        var begin = System.nanoTime();
        var each = (share == 0 ? GATEWAYS : (int) (GATEWAYS * share)) / CONNECTIONS;
        var gap = share == 0 ? 0 : (long) (1e9 * EVERY_SECONDS * share / each);
        var work = new ArrayList<Callable<long[]>>();
        for (int i = 0; i < CONNECTIONS; i++) {
            var first = i * (GATEWAYS / CONNECTIONS);
            work.add(() -> asked(fleet, tags, expected, first, each, gap));
        }
        var all = new ArrayList<Long>();
        for (var one : pool.invokeAll(work)) {
            Arrays.stream(one.get()).forEach(all::add);
        }
        var took = (System.nanoTime() - begin) / 1e9;
        var sorted = all.stream().sorted().toList();
        return new Round(all.size(), took, cpuSeconds(fleet) - cpu, sorted.get(sorted.size() * 99 / 100) / 1e6);
    }

    /** How long each answer took, in nanoseconds. */
    private static long[] asked(Service fleet, String[] tags, int expected, int first, int count, long gap)
            throws IOException, InterruptedException {
        var times = new long[count];
        try (var poller = new Poller(fleet.url())) {
            var begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                var early = begin + i * gap - System.nanoTime();
                if (gap > 0 && early > 0) {
                    TimeUnit.NANOSECONDS.sleep(early);
                }
                var asked = System.nanoTime();
                var answer = poller.ask("gw-" + (first + i), tags[first + i]);
                times[i] = System.nanoTime() - asked;
                if (answer.status() != expected) {
                    throw new IOException(
                            "gw-" + (first + i) + " was answered " + answer.status() + ", not " + expected);
                }
                tags[first + i] = answer.tag();
            }
        }
        return times;
    }

    private static String file(double shadowShare) {
        var file = new StringBuilder("sites:\n");
        for (int site = 0; site < GATEWAYS / PER_SITE; site++) {
            var gateways = new ArrayList<String>();
            var devices = new ArrayList<String>();
            for (int i = 0; i < PER_SITE; i++) {
                gateways.add("gw-" + (site * PER_SITE + i));
                devices.add("d-" + (site * PER_SITE + i));
            }
            file.append("  site-")
                    .append(site)
                    .append(": {gateways: ")
                    .append(gateways)
                    .append(", devices: ");
            file.append(devices).append("}\n");
        }
        return file + "models: {climate-event: {build: \"" + Digest.of(new byte[] {1}) + "\"}}\n"
                + "streams: {climate: {topic: \"{site}/{device}\", model: climate-event, shadowShare: " + shadowShare
                + "}}\nrollout: {canary: gw-0}\n";
    }

    private static double rssMb(Service service) {
        return (ResidentMemory.bytes(List.of(service.process())) - ResidentMemory.bytes(List.of())) / MB;
    }

    private static double cpuSeconds(Service service) {
        return ProcessHandle.of(service.process().pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .map(time -> time.toNanos() / 1e9)
                .orElse(0.0);
    }
}
