package io.plumbline.registry.core.job;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.RecalibrationEvent.Sent;
import io.plumbline.registry.core.recalibration.Recalibration;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The store, with what is unfinished in it at hand. Not thread-safe. */
final class OpenJobs {

    private static final System.Logger LOG = System.getLogger(OpenJobs.class.getName());

    /** Far more than any sensible budget of a day. */
    private static final int REMEMBERED = 100;

    private final JobStore store;
    private final Consumer<RecalibrationEvent.Progressed> progress;
    /** Not over, or over and not known to be told; oldest first. */
    private final Map<String, Job> open = new LinkedHashMap<>();

    /** @param progress takes what was stored of jobs that go on */
    OpenJobs(JobStore store, Consumer<RecalibrationEvent.Progressed> progress) {
        this.store = store;
        this.progress = progress;
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

    /** @param answer that moved it there, if one did */
    void put(Job job, String what, Optional<CalibrationMessage> answer) {
        store.put(job, new JobEvent(job.changedAt(), job.step(), what, answer.flatMap(Words::contributor)));
        if (job.told()) {
            open.remove(job.id());
        } else {
            open.put(job.id(), job);
        }
        if (!job.isOver()) {
            tell(job, what, job.changedAt(), answer.flatMap(Words::sent));
        }
    }

    /** An answer that is not what moves it: everybody is to know what left a site all the same. */
    void heard(Job job, CalibrationMessage answer, Instant at) {
        store.put(job, new JobEvent(at, job.step(), Words.of(answer), Words.contributor(answer)));
        tell(job, Words.of(answer), at, Words.sent(answer));
    }

    /** What was done to it beside its steps. */
    void note(Job job, String what, Instant at) {
        store.put(job, new JobEvent(at, job.step(), what, Optional.empty()));
    }

    /** That nobody could be told is no reason to stop. */
    private void tell(Job job, String what, Instant at, Optional<Sent> sent) {
        try {
            progress.accept(new RecalibrationEvent.Progressed(
                    job.id(), job.model(), job.request().build(), job.step().name(), what, at, sent));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "recalibration-progress-not-told recalibration=" + job.id(), e);
        }
    }

    void told(String id) {
        store.told(id);
        open.remove(id);
    }
}
