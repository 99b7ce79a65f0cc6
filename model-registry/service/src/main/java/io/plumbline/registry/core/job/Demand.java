package io.plumbline.registry.core.job;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.registry.core.recalibration.CandidateBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A recalibration that a person asks for.
 *
 * @param id names it; the same one again is the same demand
 * @param build the one to recalibrate; empty for the one that runs
 * @param sites whose readings are to be used; empty for all that run the build
 * @param force also where the verdict says that it cannot help, and before its time
 */
public record Demand(
        String id, ModelName model, Optional<Digest> build, List<SiteId> sites, String because, boolean force) {

    public Demand {
        sites = List.copyOf(sites);
    }

    /** @throws NotNowException if it does not say which build, and what runs does not say it either */
    Requested request(RunningBuilds running, CandidateBuilder builder, Instant now) throws NotNowException {
        var meant = build.isPresent() ? build.get() : theOne(running, now);
        var version = builder.version(model, meant)
                .orElseThrow(() ->
                        new NotNowException("build " + meant + " of model '" + model + "' is not in this registry"));
        var from = sites.isEmpty()
                ? List.copyOf(new TreeSet<>(running.running(model, meant, now).values()))
                : sites;
        if (from.isEmpty()) {
            throw new NotNowException("no gateway runs build " + meant.shortHex() + " of model '" + model
                    + "', so nobody could observe it; a gateway is known once its heartbeat was heard");
        }
        return new Requested(id, model, version, meant, from, because, now);
    }

    private Digest theOne(RunningBuilds running, Instant now) throws NotNowException {
        var builds = running.builds(model, now);
        if (builds.size() == 1) {
            return builds.iterator().next();
        }
        throw new NotNowException(
                builds.isEmpty()
                        ? "no gateway runs model '" + model + "'; a gateway is known once its heartbeat was heard"
                        : "gateways run several builds of model '" + model + "', name one of them: "
                                + builds.stream().map(Digest::value).sorted().collect(Collectors.joining(", ")));
    }
}
