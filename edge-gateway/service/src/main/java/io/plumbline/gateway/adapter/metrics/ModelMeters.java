package io.plumbline.gateway.adapter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contract.id.Digest;
import io.plumbline.gateway.adapter.disk.ModelFolder;
import io.plumbline.gateway.core.slots.SlotMetrics;
import java.io.IOException;
import org.jboss.logging.Logger;

/** Meters {@code plumbline_models_*} and {@code plumbline_builds_*}; each event is logged too. */
public final class ModelMeters implements SlotMetrics {

    private static final Logger LOG = Logger.getLogger(ModelMeters.class);

    private final Counter olderGenerations;
    private final Counter crashed;
    private final Counter unavailable;
    private final Counter proven;
    private long saidOlder = -1;

    public ModelMeters(MeterRegistry meters, ModelFolder folder) {
        olderGenerations = meters.counter("plumbline.assignments.older");
        crashed = meters.counter("plumbline.builds.crashed");
        unavailable = meters.counter("plumbline.builds.unavailable");
        proven = meters.counter("plumbline.builds.proven");
        Gauge.builder("plumbline.models.bytes", folder, ModelMeters::bytes).register(meters);
        FunctionCounter.builder("plumbline.models.evicted", folder, ModelFolder::evicted)
                .register(meters);
        FunctionCounter.builder("plumbline.models.damaged", folder, ModelFolder::damaged)
                .register(meters);
    }

    private static double bytes(ModelFolder folder) {
        try {
            return folder.bytes();
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** It is offered again and again; it is logged once. */
    @Override
    public void olderGeneration(long offered, long known) {
        olderGenerations.increment();
        if (offered != saidOlder) {
            saidOlder = offered;
            LOG.warnf(
                    "assignment-refused generation=%d is older than %d, which the control plane gave before",
                    offered, known);
        }
    }

    @Override
    public void crashed(Digest build, String because) {
        crashed.increment();
        LOG.errorf("build-condemned build=%s reason=%s", build, because);
    }

    @Override
    public void unavailable(Digest build, String because) {
        unavailable.increment();
        LOG.warnf("build-unavailable build=%s it is tried again reason=%s", build, because);
    }

    @Override
    public void proven(long generation) {
        proven.increment();
        LOG.infof("builds-proven generation=%d", generation);
    }
}
