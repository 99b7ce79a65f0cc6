package io.plumbline.benchmarks.faults;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.Work;
import io.plumbline.benchmarks.kills.RegistryKills;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The packaged gateway under load while it is killed, or while Kafka or the MQTT broker is stopped and started: is every message that
 * was sent answered exactly once, in the order of its device, and how long does it take until new messages are answered again. Each
 * kind has brokers and data folders of its own.
 */
public final class Faults implements Bench.Benchmark {

    /** Of another service, with a story of its own. */
    static final String REGISTRY_KILLED = "registry-killed";

    private static final long SEED = 1;

    private final List<Fault> kinds;
    private final Optional<Integer> runs;
    private final long seed;

    public Faults() {
        this(List.of(Fault.values()), Optional.empty(), SEED);
    }

    private Faults(List<Fault> kinds, Optional<Integer> runs, long seed) {
        this.kinds = kinds;
        this.runs = runs;
        this.seed = seed;
    }

    /** {@code kind}: one of them; {@code runs}: of each kind; {@code seed}: of the moments and the bad payloads. */
    @Override
    public Bench.Benchmark with(Map<String, String> settings) {
        var kind = Optional.ofNullable(settings.get("kind"));
        var wanted = Optional.ofNullable(settings.get("runs")).map(Integer::valueOf);
        var from = Long.parseLong(settings.getOrDefault("seed", String.valueOf(SEED)));
        return kind.filter(REGISTRY_KILLED::equals).isPresent()
                ? new RegistryKills(wanted.orElse(0), from)
                : new Faults(kind.map(Fault::of).map(List::of).orElse(kinds), wanted, from);
    }

    @Override
    public Figures run(boolean quick) throws Exception {
        var figures = new Figures();
        for (var fault : kinds) {
            try (var rig = Rig.startKept(Files.createTempDirectory(fault.kind()), Work.climate())) {
                System.err.println(fault.kind() + ", over " + rig.mqttBroker());
                new Trial(rig, fault, seed).run(runs.orElse(fault.runs(quick)), figures);
            }
        }
        if (kinds.size() > 1) {
            figures.addAll(new RegistryKills(runs.orElse(0), seed).run(quick));
        }
        return figures;
    }
}
