package io.plumbline.fleet.core.view;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RehearsalScore;
import io.plumbline.rollout.evidence.MemoryChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The builds that a gateway ran, the newest, each once: what fell back can only be told by who remembers. */
record RunHistory(List<Ran> runs) {

    static final RunHistory NONE = new RunHistory(List.of());
    private static final int MOST = 8;

    RunHistory {
        runs = List.copyOf(runs);
    }

    /**
     * @param generation the latest one under which it ran
     * @param rehearsal how it answered beside the build before it
     * @param resident bytes of the gateway's process when it last spoke under it
     */
    record Ran(
            ModelName model,
            Digest build,
            long generation,
            Optional<RehearsalScore> rehearsal,
            Optional<Long> resident) {

        boolean isOf(ModelName other, Digest same) {
            return model.equals(other) && build.equals(same);
        }
    }

    RunHistory with(GatewayEvent.BuildActivated event) {
        return with(new Ran(event.model(), event.build(), event.generation(), event.rehearsal(), Optional.empty()));
    }

    RunHistory with(GatewayEvent.Heartbeat beat) {
        var all = this;
        for (var run : beat.streams()) {
            if (beat.residentBytes().isPresent() || !all.ran(run.model(), run.build(), beat.generation())) {
                var rehearsal = all.rehearsal(run.model(), run.build());
                var resident = beat.residentBytes().or(() -> resident(run.model(), run.build()));
                all = all.with(new Ran(run.model(), run.build(), beat.generation(), rehearsal, resident));
            }
        }
        return all;
    }

    /** Whether it ran this build under this assignment or a newer one. */
    boolean ran(ModelName model, Digest build, long since) {
        return runs.stream().anyMatch(run -> run.isOf(model, build) && run.generation() >= since);
    }

    Optional<RehearsalScore> rehearsal(ModelName model, Digest build) {
        return runs.stream()
                .filter(run -> run.isOf(model, build))
                .flatMap(run -> run.rehearsal().stream())
                .findFirst();
    }

    /** Empty unless it was told under both. */
    Optional<MemoryChange> memory(ModelName model, Digest before, Digest now) {
        return resident(model, before)
                .filter(bytes -> bytes > 0)
                .flatMap(old -> resident(model, now).map(bytes -> new MemoryChange(old, bytes)));
    }

    private Optional<Long> resident(ModelName model, Digest build) {
        return runs.stream()
                .filter(run -> run.isOf(model, build))
                .flatMap(run -> run.resident().stream())
                .findFirst();
    }

    private RunHistory with(Ran newest) {
        var all = new ArrayList<>(runs);
        all.removeIf(run -> run.isOf(newest.model(), newest.build()));
        all.add(newest);
        return new RunHistory(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }
}
