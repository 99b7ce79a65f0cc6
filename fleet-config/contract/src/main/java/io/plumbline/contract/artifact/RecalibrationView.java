package io.plumbline.contract.artifact;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RecalibrationEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A recalibration as the registry tells it.
 *
 * @param step REQUESTED, JOINED, OBSERVING, BUILDING, SCORING, ACCEPTED or REFUSED
 * @param createdAt when the registry took the request, wall clock
 * @param changedAt when it entered this step, wall clock
 * @param awaited gateways that have not answered
 * @param deadline when waiting for them ends
 * @param contributors gateways whose histograms or scores went into it
 * @param outcome with the scores of the running build and of all candidates; empty before the end
 * @param history oldest first; empty in a list of several
 */
public record RecalibrationView(
        RecalibrationEvent.Requested request,
        String step,
        Instant createdAt,
        Instant changedAt,
        List<GatewayId> awaited,
        Optional<Instant> deadline,
        List<GatewayId> contributors,
        Optional<RecalibrationEvent> outcome,
        List<Line> history) {

    public RecalibrationView {
        awaited = List.copyOf(awaited);
        contributors = List.copyOf(contributors);
        history = List.copyOf(history);
    }

    /**
     * Something that moved it.
     *
     * @param step where it stood afterwards
     * @param what happened, in words
     * @param gateway whose histograms or scores came
     */
    public record Line(Instant at, String step, String what, Optional<GatewayId> gateway) {}

    /**
     * What a person may ask for, by HTTP.
     *
     * @param id names the demand; the same one again is the same demand; empty for a new one
     * @param build empty for the one that runs
     * @param sites empty for all that run the build
     * @param by who asks
     * @param because empty text if there is nothing to say
     * @param force also where the verdict says that it cannot help, and before its time
     */
    public record Demand(
            Optional<String> id,
            ModelName model,
            Optional<Digest> build,
            List<SiteId> sites,
            String by,
            String because,
            boolean force) {

        public Demand {
            sites = List.copyOf(sites);
        }
    }
}
