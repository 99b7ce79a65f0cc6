package io.plumbline.registry.core.job;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.registry.core.recalibration.Recalibration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The store, with what is unfinished in it at hand. Not thread-safe. */
final class OpenJobs {

    /** Far more than any sensible budget of a day. */
    private static final int REMEMBERED = 100;

    private final JobStore store;
    /** Not over, or over and not known to be told; oldest first. */
    private final Map<String, Job> open = new LinkedHashMap<>();

    OpenJobs(JobStore store) {
        this.store = store;
        store.unfinished().forEach(job -> open.put(job.id(), job));
    }

    List<Job> all() {
        return List.copyOf(open.values());
    }

    /** Only if it is unfinished. */
    Optional<Job> unfinished(String id) {
        return Optional.ofNullable(open.get(id));
    }

    Optional<Job> find(String id) {
        return unfinished(id).or(() -> store.find(id));
    }

    /** The one that works on this model. */
    Optional<Job> underWay(ModelName model) {
        return open.values().stream()
                .filter(job -> !job.isOver() && !(job.state() instanceof Recalibration.Joined))
                .filter(job -> job.model().equals(model))
                .findFirst();
    }

    /** The newest requests of this model for which gateways were asked. */
    List<Requested> begun(ModelName model) {
        return store.newest(model, REMEMBERED).stream()
                .filter(job -> job.state().hasBegun())
                .map(Job::request)
                .toList();
    }

    void put(Job job, String what, Optional<GatewayId> by) {
        store.put(job, new JobEvent(job.changedAt(), job.step(), what, by));
        if (job.told()) {
            open.remove(job.id());
        } else {
            open.put(job.id(), job);
        }
    }

    void told(String id) {
        store.told(id);
        open.remove(id);
    }
}
