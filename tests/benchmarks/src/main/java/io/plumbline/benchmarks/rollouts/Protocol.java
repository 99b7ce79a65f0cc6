package io.plumbline.benchmarks.rollouts;

import io.plumbline.benchmarks.Figures;
import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.client.RolloutClient;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.ResidentMemory;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.wire.Json;
import io.plumbline.rollout.log.Reexamination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A fleet of gateways that are nothing but protocol, and one rollout in five waves through the packaged control plane. */
final class Protocol {

    private static final int SITES = 100;
    private static final ModelName MODEL = new ModelName("simulated");
    private static final Digest BASELINE = Digest.of(new byte[] {1});
    private static final Digest CANDIDATE = Digest.of(new byte[] {2});
    private static final int COMPARED_PER_TELL = 40;
    private static final double AGREEMENT = 0.997;
    private static final Duration SILENT_AFTER = Duration.ofSeconds(40);
    private static final Duration TELL = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final double MEGABYTE = 1 << 20;

    private final List<Pretended> gateways;
    private final List<SiteId> sites =
            IntStream.range(0, SITES).mapToObj(i -> new SiteId("site-" + i)).toList();
    private final Arm candidate = new Arm(MODEL, CANDIDATE, SITES, 1);
    private final Arm baseline = new Arm(MODEL, BASELINE, SITES, 1);
    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<String, End> ends = new HashMap<>();

    private final String waves;

    /** @param waves in percent of the gateways; the first must be so large that the silent and failing in it are about their share */
    Protocol(int size, String waves) {
        this.waves = waves;
        gateways = IntStream.range(0, size)
                .mapToObj(i -> new Pretended(i, SITES, CANDIDATE))
                .toList();
    }

    void run(Figures figures) throws Exception {
        var folder = Files.createTempDirectory("rollouts");
        var installation = Installation.here();
        var brokers = Brokers.start(installation, folder);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", brokers.ports().bootstrapServers(), "linger.ms", "20"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var service = fleet(installation, folder, brokers);
            try (var swarm = new Swarm(gateways, service.awaitReady().url(), producer)) {
                roll(service, swarm, producer, figures);
            } finally {
                service.process().stop(Duration.ofSeconds(10));
            }
        } finally {
            brokers.process().stop(Duration.ofSeconds(10));
        }
    }

    private static Service fleet(Installation installation, Path folder, Brokers brokers) throws Exception {
        return Service.start(
                installation,
                new Service.Program(ServiceKind.FLEET, "fleet", List.of("-Xmx256m")),
                folder.resolve("logs"),
                Map.of(
                        "plumbline.fleet.data-dir", folder.resolve("fleet").toString(),
                        "kafka.bootstrap.servers", brokers.ports().bootstrapServers()));
    }

    private void roll(Service service, Swarm swarm, KafkaProducer<String, byte[]> producer, Figures figures)
            throws Exception {
        var begin = System.nanoTime();
        new FleetClient(service.url()).apply(yaml());
        figures.add("applySeconds", seconds(begin));
        swarm.start();
        while (gateways.stream().anyMatch(gateway -> gateway.runs().isEmpty())) {
            if (seconds(begin) > LIMIT.toSeconds()) {
                throw new IOException("not all gateways have an assignment after " + LIMIT);
            }
            Thread.sleep(200);
        }
        var rollouts = new RolloutClient(service.url(), Optional.empty());
        swarm.rolloutBegins();
        begin = System.nanoTime();
        var id = rollouts.start(MODEL, CANDIDATE, "benchmark", "").rollout();
        var memory = 0.0;
        while (!isOver(rollouts, id)) {
            if (seconds(begin) > LIMIT.toSeconds()) {
                throw new IOException("the rollout is not over after " + LIMIT);
            }
            tell(producer);
            memory = Math.max(memory, ResidentMemory.bytes(List.of(service.process())) / MEGABYTE - ownMemory());
            Thread.sleep(TELL.toMillis());
        }
        var took = seconds(begin);
        figures.add("rolloutSeconds", took);
        figures.add("assignmentRequestsPerSecond", swarm.requests() / took);
        figures.add("assignmentMillis.median", swarm.millis(0.5));
        figures.add("assignmentMillis.p99", swarm.millis(0.99));
        figures.add("failedRequests", swarm.failures());
        figures.add("serverRssMb", memory);
        waves(rollouts.events(id), figures);
        settled(swarm, figures);
        explained(rollouts, id, figures);
    }

    private static double ownMemory() {
        return ResidentMemory.bytes(List.of()) / MEGABYTE;
    }

    private boolean isOver(RolloutClient rollouts, String id) throws Exception {
        var newest = rollouts.list().stream()
                .filter(event -> event.rollout().equals(id))
                .findFirst()
                .orElseThrow();
        if (newest.stage() == RolloutStage.PAUSED) {
            throw new IOException("the rollout is paused: " + newest.because());
        }
        if (!newest.stage().isFinal()) {
            look(rollouts, id);
        }
        return newest.stage().isFinal();
    }

    /** What a gateway says while the answer is on its way makes it no less silent, and what it runs by then it ran before it said so. */
    private void look(RolloutClient rollouts, String id) throws Exception {
        var quiet = gateways.stream()
                .collect(Collectors.toMap(gateway -> gateway.id().value(), Pretended::quiet));
        var byName = gateways.stream()
                .collect(Collectors.toMap(gateway -> gateway.id().value(), one -> one));
        rollouts.devices(id).forEach(device -> {
            var name = device.gateway().value();
            var gateway = Objects.requireNonNull(byName.get(name));
            ends.put(name, new End(device.state(), Objects.requireNonNull(quiet.get(name)), gateway.runs()));
        });
    }

    /** What the processor would say. */
    private void tell(KafkaProducer<String, byte[]> producer) {
        for (int site = 0; site < SITES; site++) {
            var here = site;
            var on = gateways.stream()
                    .filter(gateway -> gateway.site().equals(sites.get(here)) && gateway.habit() != Habit.SILENT)
                    .collect(Collectors.partitioningBy(
                            gateway -> gateway.runs().filter(CANDIDATE::equals).isPresent(), Collectors.counting()));
            candidate.add(site, (int) (on.getOrDefault(true, 0L) * COMPARED_PER_TELL), AGREEMENT, random);
            baseline.add(site, (int) (on.getOrDefault(false, 0L) * COMPARED_PER_TELL), AGREEMENT, random);
        }
        for (var arm : List.of(candidate, baseline)) {
            for (var health : arm.healths(sites, Instant.now())) {
                producer.send(new ProducerRecord<>(
                        Topics.MODEL_HEALTH, health.cohort().key(), Json.encode(health)));
            }
        }
    }

    private static void waves(List<RolloutEvent> events, Figures figures) throws IOException {
        var last = events.get(events.size() - 1);
        System.out.println(last.stage() + ": " + last.because());
        if (last.stage() != RolloutStage.COMPLETED) {
            throw new IOException("the rollout ended as " + last.stage());
        }
        var told = events.stream()
                .filter(event -> event.progress().orElseThrow().phase().equals("OFFERING"))
                .toList();
        figures.add("waves", told.size());
        for (int i = 0; i < told.size(); i++) {
            var next = i + 1 < told.size() ? told.get(i + 1) : last;
            var took = Duration.between(told.get(i).at(), next.at()).toMillis() / 1000.0;
            figures.add("wave" + (i + 1) + ".seconds", took);
            figures.add("wave" + (i + 1) + ".told", told.get(i).updated().size());
        }
    }

    /** Where the gateways ended, in the last look before the rollout was over, and that who is heard runs the candidate soon after. */
    private void settled(Swarm swarm, Figures figures) throws InterruptedException {
        var right = new ArrayList<Pretended>();
        var wrong = new HashMap<String, Integer>();
        for (var gateway : gateways) {
            var end = ends.get(gateway.id().value());
            if (end == null) {
                continue;
            }
            if (end.isRight(gateway.habit(), CANDIDATE, SILENT_AFTER)) {
                right.add(gateway);
            } else {
                wrong.merge(gateway.habit() + " is " + end.state(), 1, Integer::sum);
            }
        }
        wrong.forEach((what, count) -> System.out.println(count + " " + what));
        for (var habit : Habit.values()) {
            figures.add(
                    "ended." + habit.name().toLowerCase(Locale.ROOT),
                    right.stream().filter(gateway -> gateway.habit() == habit).count());
        }
        figures.add(
                "endedWrong",
                wrong.values().stream().mapToInt(Integer::intValue).sum());
        Thread.sleep(Duration.ofSeconds(3L * Swarm.PERIOD_SECONDS).toMillis());
        figures.add(
                "onCandidateAfter",
                (double) gateways.stream()
                                .filter(gateway -> gateway.habit() == Habit.WELL || gateway.habit() == Habit.FLAPPING)
                                .filter(gateway ->
                                        gateway.runs().filter(CANDIDATE::equals).isPresent())
                                .count()
                        / gateways.stream()
                                .filter(gateway -> gateway.habit() == Habit.WELL || gateway.habit() == Habit.FLAPPING)
                                .count());
        figures.add(
                "staleApplied",
                gateways.stream().filter(Pretended::staleApplied).count());
        swarm.close();
    }

    /** Every decision once more, from its log. */
    private static void explained(RolloutClient rollouts, String id, Figures figures) throws Exception {
        var matched = 0;
        var bytes = 0L;
        var events = rollouts.events(id);
        for (var event : events) {
            var log = rollouts.decision(id, event.revision());
            bytes += log.length;
            var again = Reexamination.of(RolloutClient.decided(log));
            matched += again.outcome() == Reexamination.Outcome.MATCH ? 1 : 0;
        }
        figures.add("decisions", events.size());
        figures.add("decisionsMatched", matched);
        figures.add("decisionMb", bytes / MEGABYTE / events.size());
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private String yaml() {
        var text = new StringBuilder("sites:\n");
        for (int site = 0; site < SITES; site++) {
            var here = sites.get(site);
            text.append("  ").append(here).append(": {gateways: [");
            text.append(gateways.stream()
                    .filter(gateway -> gateway.site().equals(here))
                    .map(gateway -> gateway.id().value())
                    .collect(Collectors.joining(", ")));
            text.append("]}\n");
        }
        text.append("models:\n  simulated: {build: \"").append(BASELINE).append("\"}\n");
        text.append("streams:\n  all: {topic: \"sites/{site}/{device}/x\", model: simulated}\n");
        text.append("rollout: {waves: ").append(waves).append(", soak: PT5S, minCoverage: 0.85, silentAfter: ");
        text.append(SILENT_AFTER).append(",");
        text.append(
                " maxFailedShare: 0.1, maxMemoryRatio: 1.5, maxLatencyRatio: 1.5, minCompared: 200, deadline: PT3M}\n");
        return text.toString();
    }
}
