package io.plumbline.benchmarks.kills;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.Work;
import io.plumbline.cli.client.RecalibrationClient;
import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.client.ClientException;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The packaged registry killed at random moments while models are pushed, built and recalibrated and large blobs are uploaded in chunks: is every artifact that it lists
 * whole and signed after each kill, and does every recalibration end, and end once.
 */
public final class RegistryKills implements Bench.Benchmark {

    private static final int RUNS = 100;
    private static final int QUICK_RUNS = 5;
    private static final int MODELS = 3;
    /** One kill in so many comes while the registry starts. */
    private static final int HASTY_ONE_IN = 4;

    private static final int LONGEST_START_MILLIS = 4_000;
    private static final int LONGEST_LIFE_MILLIS = 8_000;
    private static final long LOOK_MILLIS = 250;
    private static final int NEWEST = 20;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final int runs;
    private final long seed;

    /** @param runs 0 for as many as usual */
    public RegistryKills(int runs, long seed) {
        this.runs = runs;
        this.seed = seed;
    }

    @Override
    public Figures run(boolean quick) throws Exception {
        var kills = runs > 0 ? runs : quick ? QUICK_RUNS : RUNS;
        var folder = Files.createTempDirectory("registry-killed");
        var installation = Installation.here();
        var brokers = Brokers.start(installation, folder);
        var kafka = brokers.ports().bootstrapServers();
        try (var registry = MortalRegistry.start(installation, folder, kafka);
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", kafka),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            registry.awaitReady();
            return new Trial(registry, folder, kafka, producer, new SplittableRandom(seed)).run(kills);
        } finally {
            brokers.process().stop(Duration.ofSeconds(10));
        }
    }

    /** One registry and everybody around it. */
    private static final class Trial {

        private final MortalRegistry registry;
        private final String kafka;
        private final KafkaProducer<String, byte[]> producer;
        private final SplittableRandom random;
        private final Figures figures = new Figures();
        private final Map<String, Integer> interrupted = new TreeMap<>();

        private Trial(
                MortalRegistry registry,
                Path folder,
                String kafka,
                KafkaProducer<String, byte[]> producer,
                SplittableRandom random) {
            System.err.println("registry-killed, in " + folder);
            this.registry = registry;
            this.kafka = kafka;
            this.producer = producer;
            this.random = random;
        }

        private Figures run(int kills) throws Exception {
            var work = Work.climate();
            var specimen = new Pushes.Specimen(
                    new String(work.card().get(), StandardCharsets.UTF_8), work.onnx(), work.samples());
            var running = begin(specimen);
            var petitions = new Petitions(producer, running);
            var pushes = new Pushes(registry.url(), specimen);
            var large = new LargeUploads(registry.url());
            var audit = new Audit(registry.url());
            try (var sites = new PretendedSites(kafka, producer, running);
                    var reader = TopicReader.fromNow(kafka, List.of(Topics.RECALIBRATIONS), petitions::take)) {
                var clients = List.of(new Thread(pushes, "pushes"), new Thread(large, "large uploads"));
                clients.forEach(Thread::start);
                strike(kills, petitions, () -> audit.look(models(running, pushes)));
                pushes.stop();
                large.stop();
                for (var client : clients) {
                    client.join();
                }
                settle(petitions, pushes, running);
            } finally {
                pushes.stop();
                large.stop();
            }
            audit.look(models(running, pushes));
            large.verify();
            report(large);
            report(kills, petitions, pushes, running, audit);
            return figures;
        }

        /** Versions whose builds the sites run. */
        private Map<ModelName, Running> begin(Pushes.Specimen specimen) throws Exception {
            var client = new RegistryClient(registry.url());
            Map<ModelName, Running> running = new LinkedHashMap<>();
            for (int i = 1; i <= MODELS; i++) {
                var name = new ModelName("running-" + i);
                client.push(specimen.variant(name), "v1");
                while (!client.view(name).versions().get(0).state().equals("READY")) {
                    Thread.sleep(LOOK_MILLIS);
                }
                var version = client.view(name).versions().get(0);
                var build = version.builds().get(0);
                running.put(
                        name,
                        new Running(
                                version.version(),
                                build.manifest(),
                                build.card().ranges()));
            }
            return running;
        }

        private interface Look {
            void look() throws Exception;
        }

        private void strike(int kills, Petitions petitions, Look audit) throws Exception {
            for (int kill = 1; kill <= kills; kill++) {
                var killed = System.nanoTime();
                if (random.nextInt(HASTY_ONE_IN) == 0) {
                    Thread.sleep(random.nextInt(LONGEST_START_MILLIS));
                } else {
                    registry.awaitReady();
                    if (kill > 1) {
                        figures.add("readySeconds", (System.nanoTime() - killed) / 1e9);
                    }
                    audit.look();
                    live(petitions, random.nextInt(LONGEST_LIFE_MILLIS));
                    countOpen();
                }
                registry.kill();
                registry.begin();
                System.err.println("killed " + kill + " of " + kills + ", " + petitions.open() + " jobs open");
            }
            registry.awaitReady();
        }

        /** What the kill that follows interrupts. */
        private void countOpen() throws ClientException {
            for (var job : new RecalibrationClient(registry.url()).newest(NEWEST)) {
                if (job.outcome().isEmpty()) {
                    interrupted.merge(job.step(), 1, Integer::sum);
                }
            }
        }

        private static void live(Petitions petitions, int millis) throws InterruptedException {
            var end = System.nanoTime() + millis * 1_000_000L;
            do {
                petitions.ask();
                Thread.sleep(Math.min(LOOK_MILLIS, millis));
            } while (System.nanoTime() < end);
        }

        private static List<ModelName> models(Map<ModelName, Running> running, Pushes pushes) {
            var models = new ArrayList<>(running.keySet());
            models.addAll(pushes.confirmed().keySet());
            return models;
        }

        private void settle(Petitions petitions, Pushes pushes, Map<ModelName, Running> running) throws Exception {
            var began = System.nanoTime();
            while (petitions.open() > 0 || unbuilt(pushes) > 0) {
                if (System.nanoTime() - began > LIMIT.toNanos()) {
                    System.err.println("given up: " + petitions.open() + " jobs open, " + unbuilt(pushes)
                            + " versions not built, of " + running.size() + " models");
                    return;
                }
                Thread.sleep(LOOK_MILLIS);
            }
            figures.add("settledSeconds", (System.nanoTime() - began) / 1e9);
        }

        private long unbuilt(Pushes pushes) throws ClientException {
            var client = new RegistryClient(registry.url());
            var unbuilt = 0L;
            for (var push : pushes.confirmed().entrySet()) {
                unbuilt += client.view(push.getKey()).versions().stream()
                                .anyMatch(version -> version.manifest().equals(push.getValue())
                                        && version.state().equals("READY"))
                        ? 0
                        : 1;
            }
            return unbuilt;
        }

        private void report(LargeUploads large) {
            large.broken().forEach(System.err::println);
            figures.add("largeBlobsStored", large.stored().size());
            figures.add("largeUploadsContinued", large.continued());
            figures.add("largeUploadsBegunAnew", large.begunAnew());
            figures.add("largeBroken", large.broken().size());
        }

        private void report(int kills, Petitions petitions, Pushes pushes, Map<ModelName, Running> running, Audit seen)
                throws Exception {
            var whole = new Audit(registry.url());
            whole.look(models(running, pushes));
            var unfinished = whole.disk(registry.blobs());
            var outcomes = petitions.outcomes();
            figures.add("kills", kills);
            figures.add("pushesConfirmed", pushes.confirmed().size());
            figures.add("pushesInterrupted", pushes.interrupted());
            figures.add("versionsNotBuilt", unbuilt(pushes));
            figures.add("manifestsPulled", whole.manifests());
            figures.add("buildsVerified", whole.builds());
            var broken = new ArrayList<>(seen.broken());
            broken.addAll(whole.broken());
            broken.forEach(System.err::println);
            figures.add("broken", broken.size());
            figures.add("filesNeverFinished", unfinished);
            interrupted.forEach((step, count) -> figures.add("interrupted." + step, count));
            figures.add("jobs", petitions.asked().size());
            figures.add(
                    "accepted",
                    outcomes.values().stream()
                            .filter(RecalibrationEvent.Accepted.class::isInstance)
                            .count());
            figures.add(
                    "refused",
                    outcomes.values().stream()
                            .filter(RecalibrationEvent.Refused.class::isInstance)
                            .count());
            figures.add("withoutOutcome", petitions.open());
            figures.add("contradictions", petitions.contradictions() + otherwise(petitions));
            figures.add("outcomesToldAgain", petitions.repetitions());
        }

        /** Jobs of which the registry says something else than the topic. */
        private long otherwise(Petitions petitions) throws ClientException, IOException {
            var client = new RecalibrationClient(registry.url());
            var otherwise = 0L;
            for (var outcome : petitions.outcomes().entrySet()) {
                var said = client.show(outcome.getKey()).outcome();
                otherwise += said.isPresent() && said.get().equals(outcome.getValue()) ? 0 : 1;
            }
            return otherwise;
        }
    }
}
